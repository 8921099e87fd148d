/* Who signed a document, and whether the issuer answers for the keys behind it (VC Data Integrity 1.0, §4.5). */

const SUITE = "eddsa-rdfc-2022", MOST_PROOFS = 4, MOST_METHODS = 100, LARGEST_KEY_DOCUMENT = 64 * 1024;
const MEMBERS = new Set(["type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"]);
const JWK_TYPES = ["JsonWebKey", "JsonWebKey2020"];
const DID_WEB = /^did:web:([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(%3A[0-9]{1,5})?((?::[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)$/;
const HTTPS = /^https:\/\/[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?\/[A-Za-z0-9._~/-]*$/;

/** The address below which everything of an issuer lives, ending with a slash, or null when its identity tells none. */
function homeOf(issuer) {
  const found = DID_WEB.exec(issuer);
  if (found) {
    const [, host, port = "", path] = found;
    return `https://${host}${port.replace("%3A", ":")}/${path.slice(1).replaceAll(":", "/")}${path && "/"}`;
  }
  return HTTPS.test(issuer) ? issuer.slice(0, issuer.lastIndexOf("/") + 1) : null;
}

/** The address of an issuer's key document (did:web, "Read (Resolve)"); an https identity is its own address. */
function keyDocumentUrl(issuer) {
  if (HTTPS.test(issuer)) return issuer;
  const base = homeOf(issuer);
  return base && base + (issuer.slice("did:web:".length).includes(":") ? "did.json" : ".well-known/did.json");
}

/** The proofs of a document, or nothing when what stands there is none. */
function proofsOf(document) {
  const found = listOf(document.proof);
  return found.every(isObject) ? found : [];
}

function issuerOf(document) {
  const issuer = isObject(document.issuer) ? document.issuer.id : document.issuer;
  return isText(issuer) ? issuer : "";
}

/** The outcomes of the steps proof and issuer; every proof in the document has to pass both. */
async function signed(document, sources, now) {
  const proofs = proofsOf(document);
  if (!proofs.length) return [outcome("proof", FAILED, "unsigned"), outcome("issuer", UNDECIDED, "unsigned-issuer")];
  if (proofs.length > MOST_PROOFS) return ["proof", "issuer"].map(step => outcome(step, UNDECIDED, "many-proofs"));
  const pairs = [];
  for (const one of proofs) pairs.push(await judgeProof(document, one, sources, now));
  return [worst(pairs.map(pair => pair[0])), worst(pairs.map(pair => pair[1]))];
}

/** Whether an https identity lies below the issuer's own address. */
function atHome(document) {
  const issuer = issuerOf(document), name = document.id;
  const base = homeOf(issuer) ?? (isObject(document.issuer) ? document.issuer.url : null);
  if (!isText(name) || !/^https?:/i.test(name) || !isText(base)) return outcome("issuer", PASSED, "no-place", {issuer});
  const below = name.startsWith(base.endsWith("/") ? base : `${base}/`) && !/\/(?:\.|%2e)+(?:\/|$)/i.test(name);
  return below ? outcome("issuer", PASSED, "at-home", {issuer}) : outcome("issuer", FAILED, "not-at-home", {issuer});
}

async function judgeProof(document, proof, sources, now) {
  let key = null, issuer;
  try {
    const found = await keyOf(document, proof, sources, now);
    key = found.key;
    issuer = await take("issuer", found.answered);
  } catch (error) {
    issuer = await take("issuer", () => { throw error; });
  }
  return [await take("proof", () => proved(document, proof, key)), issuer];
}

/** The key of the sentence about a proof that fits the document and the key (EdDSA Cryptosuites 1.0, §3.2.2). */
async function proved(document, proof, key) {
  if (proof.type !== "DataIntegrityProof" || proof.cryptosuite !== SUITE) throw new Doubt("other-suite");
  if (proof.proofPurpose !== "assertionMethod") throw new Failure("other-purpose");
  const signature = isText(proof.proofValue) && proof.proofValue[0] === "z" ? fromBase58(proof.proofValue.slice(1)) : null;
  if (!signature || signature.length !== SIGNATURE_SIZE) throw new Failure("odd-signature");
  if (!Object.keys(proof).every(name => MEMBERS.has(name))) throw new Doubt("other-suite");
  if (!key) throw new Doubt("no-key");
  let payload;
  try {
    const options = Object.assign(without(proof, "proofValue"), {"@context": document["@context"]});
    const aside = sha256Text(await canonicalize(options));
    payload = joined(aside, sha256Text(await said(document)));
    await rest();
  } catch (error) {
    if (error instanceof UnknownTerm || error instanceof Malformed || error instanceof TooLarge) throw new Doubt("uncanonical");
    throw error;
  }
  if (!await verifySignature(key, signature, payload)) throw new Failure("altered");
  return "unchanged";
}

/** The key that a proof names, and a look at whether the issuer answers for it. */
async function keyOf(signedDocument, proof, sources, now) {
  const issuer = issuerOf(signedDocument), method = proof.verificationMethod;
  if (!isText(method) || !issuer || !method.includes("#") || method.slice(0, method.indexOf("#")) !== issuer) {
    throw new Failure("other-signer", {issuer});
  }
  if (issuer.startsWith("did:key:")) {
    const text = issuer.slice("did:key:".length);
    if (method !== `${issuer}#${text}`) throw new Failure("unlisted-key");
    return {key: readMultikey(text), answered: () => "own-key"};
  }
  const document = await keyDocument(issuer, sources), methods = document.verificationMethod;
  if (!Array.isArray(methods) || methods.length > MOST_METHODS) throw new Doubt("odd-key-document", {issuer});
  const found = methods.filter(one => isObject(one) && one.id === method);
  if (found.length !== 1) throw await unlisted(signedDocument, issuer, method, sources);
  const [entry] = found;
  const key = JWK_TYPES.includes(entry.type) ? readJwk(entry.publicKeyJwk) : readMultikey(entry.publicKeyMultibase);
  return {key, answered: () => answered(document, entry, issuer, proof, now)};
}

/** Why a key does not count that its issuer does not list: since when it was stolen, where the issuer reports that. */
async function unlisted(document, issuer, method, sources) {
  const base = homeOf(issuer), reported = base ? await sources.made(`stolen ${issuer}`, () => thefts(base, issuer, sources)) : new Map();
  if (!reported.has(method)) return new Failure("unlisted-key");
  const name = textOf(document.id), path = name.startsWith(base) && /^(awards\/[A-Za-z0-9_~-]+\/)credential\.json$/.exec(name.slice(base.length));
  return new Failure("stolen-key", {since: reported.get(method), address: base + (path ? path[1] : "")});
}

/** Since when keys are stolen, by verification method; of a list that is absent or in another form, nothing. */
async function thefts(base, issuer, sources) {
  const found = new Map();
  try {
    const data = await sources.document(`${base}compromised-keys.json`), {issuer: whose, keys} = parseJson(data, LARGEST_KEY_DOCUMENT);
    if (whose !== issuer || !Array.isArray(keys) || keys.length > MOST_METHODS) return found;
    for (const one of keys.filter(isObject)) found.set(one.id, momentOf(`${textOf(one.compromised)}T00:00:00Z`));
  } catch {
    return found;
  }
  for (const [method, since] of found) if (since === null) found.delete(method);
  return found;
}

/** The key document of an issuer who has one (Controlled Identifiers 1.0, §3.2). */
async function keyDocument(issuer, sources) {
  const url = keyDocumentUrl(issuer);
  if (!url) throw new Doubt("unknown-issuer", {issuer});
  if (/^https:\/\/[^/:]*\.invalid[:/]/.test(url)) throw new Failure("preview");
  const data = await sources.document(url);
  if (!data) throw new Doubt("no-key-document", {issuer});
  let document;
  try {
    document = parseJson(data, LARGEST_KEY_DOCUMENT);
  } catch (error) {
    if (error instanceof Unreadable) throw new Doubt("odd-key-document", {issuer});
    throw error;
  }
  if (document.id !== issuer) throw new Doubt("odd-key-document", {issuer});
  return document;
}

/** The key of the sentence about a listed key that may sign what its issuer states (Controlled Identifiers 1.0, §3.3). */
function answered(document, entry, issuer, proof, now) {
  if (!["Multikey", ...JWK_TYPES].includes(entry.type) || entry.controller !== issuer) throw new Failure("unlisted-key");
  const allowed = document.assertionMethod;
  if (!Array.isArray(allowed) || !allowed.includes(entry.id)) throw new Failure("not-for-badges");
  const made = momentOf(proof.created), ends = ["expires", "revoked"].filter(name => has(entry, name)).map(name => momentOf(entry[name]));
  if (made !== null && ends.some(end => end !== null && made >= end)) throw new Failure("after-key");
  if (ends.some(end => end === null || made === null || now >= end)) throw new Doubt("ended-key");
  return ["listed-key", {issuer}];
}
