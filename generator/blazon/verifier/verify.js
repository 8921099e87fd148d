/* A badge to a list of named outcomes: readable, format, proof, issuer, dates, status; for a picture also picture, and hosted when
   it carries an Open Badges 2.0 copy; endorsement for each endorsement inside; part for each award that a stack is made of; award for each award inside a transcript. */

const LARGEST_FILE = 8 * 1024 * 1024, LARGEST_CREDENTIAL = 256 * 1024, MOST_ENDORSEMENTS = 20, MOST_AWARDS = 200, MOST_PARTS = 6, DEEPEST_PART = 2;
const BADGE_TYPES = ["OpenBadgeCredential", "AchievementCredential"], RECORD_TYPES = ["ClrCredential"];
const OF_A_RECORD = new Set(["@context", "id", "type", "name", "description", "issuer", "validFrom", "validUntil", "partial",
  "credentialStatus", "credentialSubject", "proof"]);
const OF_ITS_SUBJECT = new Set(["id", "type", "identifier", "verifiableCredential", "association"]);
const ASSERTION_CONTEXT = "https://w3id.org/openbadges/v2";

/** A source for one run: what was made of a document is kept. `document` gives the bytes at an address, or null. */
class Sources {
  constructor(document) {
    this.document = document;
    this.kept = new Map();
  }

  made(key, make) {
    if (!this.kept.has(key)) this.kept.set(key, make());
    return this.kept.get(key);
  }
}

/** What each step found out about the bytes of a badge: a JSON credential, or a PNG or SVG with one inside. `look` gives for an
    address a promise of its bytes, or of null; `now` is in milliseconds. The badge is good only when every outcome passed. */
async function verify(data, look, now) {
  let found, document;
  const sources = new Sources(look);
  try {
    found = partsOf(data);
    if (found.credential === undefined) return await withoutCredential(found, sources);
    const token = /^\s*([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\s*$/.exec(found.credential);
    if (token) return [tokenOutcome(token[1])];
    document = parseJson(found.credential, LARGEST_CREDENTIAL);
  } catch (error) {
    if (!(error instanceof Unreadable || error instanceof Unusual)) throw error;
    return [await take("readable", () => { throw error; })];
  }
  if (document["@context"] === ASSERTION_CONTEXT && !found.mediaType) {
    return withoutCredential({assertion: found.credential}, sources);
  }
  return steps(document, found, sources, now);
}

async function steps(document, found, sources, now) {
  const record = sameLists(RECORD_CONTEXT, document["@context"]);
  const outcomes = [outcome("readable", PASSED, record ? "transcript" : "credential")];
  await rest();
  const form = await (record ? recordForm(document) : badgeForm(document));
  await rest();
  outcomes.push(form, ...await standing(document, sources, now));
  if (found.mediaType) {
    outcomes.push(pictureOutcome(document, found));
    if (found.assertion !== undefined) outcomes.push(await take("hosted", () => hosted(found.assertion, document.id ?? null, sources)));
  }
  if (form.verdict !== PASSED) return outcomes; // then the limits on its size do not bound what is inside
  if (record) outcomes.push(...await awardsInside(document, sources, now));
  else outcomes.push(...await vouched(document, sources, now), ...await whole(document, sources, now, 1));
  return outcomes;
}

/** The outcomes of proof, issuer, dates and status: who says it, and whether it counts. */
async function standing(document, sources, now) {
  const [proof, issuer] = await signed(document, sources, now);
  return [proof, worst([issuer, atHome(document)]), await judgePeriod(document, now), await judgeStatus(document, sources, now)];
}

/** The outcomes for the endorsements inside a badge. */
async function vouched(document, sources, now) {
  const found = [...endorsementsIn(document)], outcomes = [];
  if (found.length > MOST_ENDORSEMENTS) return [outcome("endorsement", UNDECIDED, "many-endorsements")];
  for (const one of found) outcomes.push(await endorsementOutcome(one, document, sources, now));
  return outcomes;
}

/** The outcomes for the awards inside a transcript, whose signature says nothing about whether each holds. */
async function awardsInside(document, sources, now) {
  const subject = document.credentialSubject, found = isObject(subject) ? subject.verifiableCredential : null;
  const outcomes = await vouched({id: document.id ?? null, issuer: document.issuer ?? null}, sources, now);
  if (!Array.isArray(found)) return [...outcomes, outcome("award", UNDECIDED, "no-awards")];
  if (found.length > MOST_AWARDS) return [...outcomes, outcome("award", UNDECIDED, "many-awards")];
  for (const one of found) outcomes.push(await awardOutcome(one, document, sources, now));
  return outcomes;
}

async function awardOutcome(award, document, sources, now) {
  if (!isObject(award)) return outcome("award", UNDECIDED, "no-awards");
  const name = textOf(award.name) || textOf(award.id);
  const found = worst([await badgeForm(award), ...await standing(award, sources, now), ...await vouched(award, sources, now),
    ...await whole(award, sources, now, 1)]);
  if (found.verdict !== PASSED) return outcome("award", found.verdict, "award-fails", {name, why: found});
  return outcome("award", PASSED, "award-holds", {name, issuer: issuerOf(award) === issuerOf(document) ? "" : issuerOf(award)});
}

/** The outcomes for the parts that a stack names among its evidence, each a credential of the same issuer with its digest. */
async function whole(document, sources, now, depth) {
  const base = homeOf(issuerOf(document)), outcomes = [];
  const found = (Array.isArray(document.evidence) ? document.evidence : []).filter(one => isObject(one) && has(one, "digestSRI")
    && (has(one, "id") ? isText(one.id) && base !== null && one.id.startsWith(base) && one.id.endsWith("/credential.json") : one.genre === "Award"));
  if (found.length > MOST_PARTS) return [outcome("part", UNDECIDED, "many-parts")];
  for (const one of found) {
    const name = textOf(one.name);
    if (!has(one, "id")) outcomes.push(outcome("part", PASSED, "part-hidden", {name}));
    else if (depth > DEEPEST_PART) outcomes.push(outcome("part", UNDECIDED, "part-deep", {name}));
    else outcomes.push(await take("part", () => standingPart(one, name, sources, now, depth)));
  }
  return outcomes;
}

/** The key of the sentence about a part that is what it was and was not withdrawn; its dates do not matter. */
async function standingPart(one, name, sources, now, depth) {
  const digest = /^sha256-([A-Za-z0-9+/]{43}=)$/.exec(textOf(one.digestSRI));
  if (!digest) throw new Doubt("part-odd", {name});
  const data = await sources.document(one.id);
  if (!data) throw new Doubt("part-missing", {name});
  if (!sameBytes(fromBase64(digest[1]), sha256(data))) throw new Failure("part-changed", {name});
  let part;
  try {
    part = parseJson(data, LARGEST_CREDENTIAL);
  } catch (error) {
    throw error instanceof Unreadable ? new Doubt("part-odd", {name}) : error;
  }
  await rest();
  const [proof, issuer] = await signed(part, sources, now);
  const why = worst([await badgeForm(part), proof, issuer, atHome(part), await judgeStatus(part, sources, now),
    ...await whole(part, sources, now, depth + 1)]);
  if (why.verdict === FAILED) throw new Failure("part-fails", {name, why});
  if (why.verdict === UNDECIDED) throw new Doubt("part-unsure", {name, why});
  return ["part-stands", {name}];
}

/** The parts of a file, whose first bytes say what it is. */
function partsOf(data) {
  if (data.length > LARGEST_FILE) throw new Unreadable("too-long");
  if ([137, 80, 78, 71].every((byte, index) => data[index] === byte)) return unbakePng(data);
  let start = 0;
  while ([0xef, 0xbb, 0xbf, 32, 9, 13, 10].includes(data[start])) start++;
  if (data[start] === 60) return unbakeSvg(data);
  return {credential: decoded(data, "not-a-badge")};
}

/** The outcomes for a file that is at best an Open Badges 2.0 assertion, which nobody signed. */
async function withoutCredential(found, sources) {
  if (found.assertion === undefined) return [outcome("readable", FAILED, "no-badge")];
  return [outcome("readable", UNDECIDED, "only-assertion"), await take("hosted", () => hosted(found.assertion, null, sources))];
}

/** The outcome for a credential that is a JSON Web Token, a form that we do not check. */
function tokenOutcome(header) {
  let content;
  try {
    content = parseJson(fromBase64(header), LARGEST_CREDENTIAL);
  } catch {
    return outcome("readable", FAILED, "not-a-badge");
  }
  const known = ["RS256", "PS256", "ES256", "ES384", "EdDSA"].includes(content.alg) && !("jwk" in content);
  return outcome("readable", known ? UNDECIDED : FAILED, known ? "token" : "open-token");
}

/** The outcome of the step format: the one form of an Open Badges 3.0 award. */
async function badgeForm(document) {
  const context = sameLists(EXTENDED_CONTEXT, document["@context"]) ? EXTENDED_CONTEXT : BADGE_CONTEXT;
  return typed(await judgeForm(document, context), document, BADGE_TYPES);
}

/** The outcome of the step format: the one form of a transcript. */
async function recordForm(document) {
  const found = typed(await judgeForm(document, RECORD_CONTEXT), document, RECORD_TYPES), subject = document.credentialSubject;
  if (found.verdict !== PASSED || !isObject(subject)) return found;
  const plain = Object.keys(document).every(name => OF_A_RECORD.has(name)) && Object.keys(subject).every(name => OF_ITS_SUBJECT.has(name));
  return plain && sameLists(["ClrSubject"], subject.type) ? found : outcome("format", UNDECIDED, "more-than-awards");
}

function typed(found, document, wanted) {
  const types = document.type;
  const good = Array.isArray(types) && types.includes("VerifiableCredential") && wanted.some(name => types.includes(name));
  return found.verdict === PASSED && !good ? outcome("format", UNDECIDED, "not-this-kind") : found;
}

/** Whether the picture around a credential is the one whose digest is signed with it (VC 2.0, §5.3). */
function pictureOutcome(document, found) {
  const ending = found.mediaType === "image/png" ? ".png" : ".svg";
  const digests = (Array.isArray(document.relatedResource) ? document.relatedResource : [])
    .filter(one => isObject(one) && (!has(one, "mediaType") || one.mediaType === found.mediaType) && textOf(one.id).endsWith(ending))
    .map(one => /^sha256-([A-Za-z0-9+/]{43}=)$/.exec(textOf(one.digestSRI)));
  if (!digests.length) return outcome("picture", UNDECIDED, "no-picture-digest");
  if (digests.length > 1 || !digests[0]) return outcome("picture", UNDECIDED, "odd-picture-digest");
  const good = sameBytes(fromBase64(digests[0][1]), sha256(found.picture));
  return good ? outcome("picture", PASSED, "own-picture") : outcome("picture", FAILED, "other-picture");
}

/** The key of the sentence about an Open Badges 2.0 copy that is what its own address says, and about the same award. */
async function hosted(assertion, credential, sources) {
  if (!/^\s*\{/.test(assertion)) throw new Doubt("odd-copy");
  let copy, original;
  try {
    copy = parseJson(assertion, LARGEST_CREDENTIAL);
  } catch (error) {
    throw error instanceof Unreadable ? new Failure("unreadable-copy") : error;
  }
  const folder = url => url.slice(0, url.lastIndexOf("/") + 1);
  if (!isText(copy.id) || credential !== null && folder(copy.id) !== folder(textOf(credential))) throw new Failure("other-copy");
  const data = await sources.document(copy.id);
  if (!data) throw new Doubt("no-original");
  try {
    original = parseJson(data, LARGEST_CREDENTIAL);
  } catch (error) {
    throw error instanceof Unreadable ? new Doubt("no-original") : error;
  }
  if (original.id === copy.id && original.revoked === true) throw new Failure("copy-withdrawn");
  if (ordered(copy) !== ordered(original)) throw new Failure("changed-copy");
  return "published-copy";
}

/** Every endorsement inside a document, wherever the standard lets one stand. */
function* endorsementsIn(value) {
  if (Array.isArray(value)) for (const one of value) yield* endorsementsIn(one);
  else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      if (name === "endorsement" && Array.isArray(value[name])) yield* value[name].filter(isObject);
      else if (name !== "proof") yield* endorsementsIn(value[name]);
    }
  }
}

/** Whether an endorsement is signed by its own issuer, in force, and about this badge (Open Badges 3.0, §B.1.10). */
async function endorsementOutcome(endorsement, document, sources, now) {
  const subject = document.credentialSubject, achievement = isObject(subject) ? subject.achievement : null;
  const about = endorsement.credentialSubject, endorsed = isObject(about) ? about.id : undefined;
  const known = [document.id, issuerOf(document), isObject(achievement) ? achievement.id : undefined];
  if (endorsed === undefined || endorsed === null || !known.includes(endorsed)) return outcome("endorsement", FAILED, "endorses-else");
  if (!endorsementsIn(without(endorsement, "proof")).next().done) return outcome("endorsement", UNDECIDED, "endorsed-endorsement");
  const found = worst([...await signed(endorsement, sources, now), await judgePeriod(endorsement, now),
    await judgeStatus(endorsement, sources, now), await judgeForm(endorsement, BADGE_CONTEXT)]);
  return found.verdict === PASSED ? outcome("endorsement", PASSED, "endorsement-holds")
    : outcome("endorsement", found.verdict, "endorsement-fails", {why: found});
}

