/* What the outcomes amount to for a reader: one state, the worst certain news first, then what is uncertain, then good news. */

const SOON = 60 * 24 * 60 * 60 * 1000;

/** What each kind of certain bad news makes of a badge, the worst first: the step that failed, and for some the sentence. */
const BAD = [["readable", "unreadable"], ["format", "altered"], ["proof", "altered"], ["picture", "other-picture"],
  ["issuer", "untrusted"], ["status", "withdrawn", "withdrawn"], ["status", "on-hold", "on-hold"], ["status", "untrusted"],
  ["hosted", "untrusted"], ["dates", "expired", "expired"], ["dates", "not-yet", "not-yet"], ["dates", "untrusted"],
  ["part", "incomplete"], ["award", "untrusted"], ["endorsement", "untrusted"]];

/** What could not be known, in the order in which readers need to hear of it. */
const UNSURE = [["readable", "unknown-form"], ["format", "unknown-form"], ["issuer", "unsure", "ended-key"], ["issuer", "unknown-issuer"], ["proof", "unknown-issuer"],
  ["status", "unreachable"]];

/** The state of a badge: its name, and the outcome that decides it or null for good news. */
function stateOf(outcomes, document, now) {
  for (const [step, state, key] of BAD) {
    const why = outcomes.find(one => one.step === step && one.verdict === FAILED && (!key || one.key === key));
    if (why) return {state, why};
  }
  for (const [step, state, key] of UNSURE) {
    const why = outcomes.find(one => one.step === step && one.verdict === UNDECIDED && (!key || one.key === key));
    if (why) return {state, why};
  }
  const doubt = worst(outcomes);
  if (doubt.verdict !== PASSED) return {state: "unsure", why: doubt};
  const end = document ? momentOf(document.validUntil) : null;
  return {state: end !== null && end - now <= SOON ? "expiring" : "valid", why: null};
}

/** What a badge says about itself, for its reader: texts as they stand in it, and moments in milliseconds. Nothing here is checked. */
function saidBy(document) {
  const issuer = isObject(document.issuer) ? document.issuer : {}, subject = document.credentialSubject;
  const about = isObject(subject) ? subject : {};
  const achievement = isObject(about.achievement) ? about.achievement : {};
  const names = listOf(about.identifier).filter(one => isObject(one) && one.identityType === "name" && one.hashed === false);
  return {
    id: textOf(document.id), badge: textOf(achievement.name) || textOf(document.name),
    issuer: textOf(issuer.name), identity: issuerOf(document),
    name: textOf(about.name) || textOf(names[0] && names[0].identityHash),
    issued: momentOf(document.awardedDate) ?? momentOf(document.validFrom), begins: momentOf(document.validFrom), expires: momentOf(document.validUntil),
    keys: [...new Set(proofsOf(document).map(one => textOf(one.verificationMethod)))],
    hashes: listOf(about.identifier).filter(one => isObject(one) && one.hashed === true),
  };
}

/** The credential in the bytes of a file, or null when there is none that can be read. */
function credentialIn(data) {
  try {
    return parseJson(partsOf(data).credential ?? "", LARGEST_CREDENTIAL);
  } catch (error) {
    if (error instanceof Unreadable || error instanceof Unusual) return null;
    throw error;
  }
}

/** A badge's outcomes, its state, and what it says about itself or null; the arguments are those of `verify`. */
async function check(data, look, now) {
  const outcomes = await verify(data, look, now), document = credentialIn(data);
  return {outcomes, ...stateOf(outcomes, document, now), said: document && saidBy(document)};
}

/** Whether a badge's hashed identities name an address, letter case apart (Open Badges 3.0, IdentityObject). */
function belongsTo(said, address) {
  const typed = address.trim();
  return said.hashes.some(one => [typed, typed.toLowerCase()].some(
    text => isText(one.identityHash) && one.identityHash.toLowerCase() === `sha256$${hex(sha256Text(text + textOf(one.salt)))}`));
}

globalThis.blazon = {check, verify, belongsTo, bake};
