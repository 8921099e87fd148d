/* Whether a badge counts at a moment: its period, and its issuer's list of withdrawn awards (Bitstring Status List 1.0). */

const GRACE = 5 * 60 * 1000; // clocks differ; it helps only what is said to begin, never what has ended
const LARGEST_LIST = 2 * 1024 * 1024, LARGEST_BITS = 1024 * 1024, SMALLEST_BITS = 131072 / 8;
const MEANINGS = {revocation: "withdrawn", suspension: "on-hold"};

/** The milliseconds of a moment written as YYYY-MM-DDThh:mm:ssZ, or null for anything else. */
function momentOf(text) {
  const found = isText(text) && /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z$/.exec(text);
  if (!found) return null;
  const time = Date.parse(text);
  return found[1] !== "0000" && !Number.isNaN(time) && new Date(time).toISOString() === text.replace("Z", ".000Z") ? time : null;
}

const judgePeriod = (document, now) => take("dates", () => periodOf(document, now));
const judgeStatus = (document, sources, now) => take("status", () => statusOf(document, sources, now));

/** Every date in a credential, its subject and its proofs, with its name. */
function datesOf(document) {
  const found = [], places = [[document, ["validFrom", "validUntil", "awardedDate"]],
    [document.credentialSubject, ["activityStartDate", "activityEndDate"]]];
  for (const [place, names] of places) if (isObject(place)) for (const name of names) if (name in place) found.push([name, place[name]]);
  for (const proof of proofsOf(document)) if ("created" in proof) found.push(["created", proof.created]);
  return found;
}

function periodOf(document, now) {
  const odd = datesOf(document).find(([, text]) => momentOf(text) === null);
  if (odd) throw new Failure("odd-date", {name: odd[0]});
  const start = momentOf(document.validFrom), end = momentOf(document.validUntil);
  if (start === null) throw new Failure("no-start");
  if (end !== null && end <= start) throw new Failure("ends-before");
  if (end !== null && end < now) throw new Failure("expired", {end});
  if (start > now + GRACE) throw new Failure("not-yet", {start});
  if (proofsOf(document).some(proof => momentOf(proof.created) !== null && momentOf(proof.created) > now + GRACE)) throw new Failure("signed-later");
  return end === null ? ["for-ever", {start}] : ["counts", {start, end}];
}

async function statusOf(document, sources, now) {
  if (!("credentialStatus" in document)) return "no-list-kept";
  const entry = entryOf(document.credentialStatus), {date, bits} = await sources.made(
    [entry.url, entry.purpose, issuerOf(document)].join("\n"), () => readList(entry, document, sources, now));
  if (entry.index >= bits.length * 8) throw new Doubt("beyond-list");
  if (bits[entry.index >> 3] & 0x80 >> (entry.index & 7)) throw new Failure(MEANINGS[entry.purpose], {date});
  return ["not-named", {date}];
}

/** A badge's place in a list, in the one form that we know (§2.1). */
function entryOf(value) {
  const {statusListCredential: url, statusPurpose: purpose, statusListIndex: index} = isObject(value) ? value : {};
  if (!isObject(value) || value.type !== "BitstringStatusListEntry" || !isText(url) || !isText(purpose) || !has(MEANINGS, purpose)
    || "statusSize" in value && value.statusSize !== 1 || value.id === url) throw new Doubt("other-status");
  if (!isText(index) || !/^(?:0|[1-9][0-9]{0,8})$/.test(index)) throw new Doubt("odd-index");
  return {url, purpose, index: Number(index)};
}

/** The date and the bits of the list that an entry names, when it is what it should be and the badge's own issuer signed it (§3.2). */
async function readList(entry, document, sources, now) {
  const data = await sources.document(entry.url);
  if (!data) throw new Doubt("no-list");
  let listed;
  try {
    listed = parseJson(data, LARGEST_LIST);
  } catch (error) {
    if (error instanceof Unreadable) throw new Doubt("odd-list");
    throw error;
  }
  const subject = listed.credentialSubject;
  if (listed.id !== entry.url || !Array.isArray(listed.type) || !listed.type.includes("BitstringStatusListCredential")) throw new Doubt("odd-list");
  if (issuerOf(listed) !== issuerOf(document)) throw new Doubt("foreign-list");
  if (!isObject(subject) || subject.type !== "BitstringStatusList" || subject.statusPurpose !== entry.purpose) throw new Doubt("odd-list");
  const found = [await judgeForm(listed, LIST_CONTEXT), await judgePeriod(listed, now), ...await signed(listed, sources, now)];
  if (worst(found).verdict !== PASSED) throw new Doubt("unreliable-list");
  return {date: momentOf(listed.validFrom), bits: bitsOf(subject.encodedList)};
}

/** The bits of a list: base64url of one gzip member, expanded no further than we need (§3.3, §3.4). */
function bitsOf(text) {
  if (!isText(text) || !/^u[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 2) throw new Doubt("odd-list");
  const bits = gunzip(fromBase64(text.slice(1)), LARGEST_BITS);
  if (!bits || bits.length > LARGEST_BITS || bits.length < SMALLEST_BITS) throw new Doubt("odd-list");
  return bits;
}
