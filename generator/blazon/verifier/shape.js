/* The form that a document must have so that its signature covers everything it says. RDF forgets much of JSON: whether a value
   stood in a list, whether an address stood in an object. We accept the one form of the standards' schemas (Open Badges 3.0,
   §F.1) and call every other one undecided. */

const [CREDENTIALS, BADGES, EXTENSIONS, RECORDS] = TABLE.contexts;
const BADGE_CONTEXT = [CREDENTIALS, BADGES], LIST_CONTEXT = [CREDENTIALS];
const RECORD_CONTEXT = [CREDENTIALS, RECORDS, BADGES], EXTENDED_CONTEXT = [CREDENTIALS, BADGES, EXTENSIONS];
const FORM = Object.fromEntries(Object.keys(TABLE.form).map(name => [name, new Set(TABLE.form[name])]));

/** Whether a document uses exactly these contexts, only words that they define, and the one form that we know. */
async function judgeForm(document, context) {
  const doubt = (key, values) => outcome("format", UNDECIDED, key, values);
  if (!sameLists(context, document["@context"])) return doubt("other-vocabulary");
  if (hasOddProof(document)) return doubt("odd-proof");
  try {
    await said(document);
  } catch (error) {
    if (error instanceof UnknownTerm) {
      return error.defined ? doubt("unknown-word", {word: error.term}) : outcome("format", FAILED, "undefined-word", {word: error.term});
    }
    if (error instanceof Malformed || error instanceof TooLarge) return doubt("unusual-form");
    throw error;
  }
  if (isOdd(document, context, "", 0) || clashes(document)) return doubt("unusual-form");
  return outcome("format", PASSED, "known-words");
}

/** Whether a proof, anywhere in a document, says more than a proof has to say. */
function hasOddProof(value) {
  if (Array.isArray(value)) return value.some(hasOddProof);
  if (!isObject(value)) return false;
  const odd = one => isObject(one) && !Object.values(one).every(isText);
  if ("proof" in value && listOf(value.proof).some(odd)) return true;
  return Object.keys(value).some(name => name !== "proof" && hasOddProof(value[name]));
}

/** Whether an object or list, or anything below it, is written in a way that a signature would not notice. */
function isOdd(value, context, term, depth) {
  if (Array.isArray(value)) {
    return new Set(value.map(ordered)).size < value.length || value.some(one => isOdd(one, context, term, depth));
  }
  if (isObject(value)) {
    return isOddNode(value, context, term, depth) || Object.keys(value).some(name => {
      if (name === "@context") return false;
      const one = value[name], bareProof = name === "proof" && isObject(one);
      return Array.isArray(one) !== isListIn(name, value) && !bareProof || isOdd(one, context, name, depth + 1);
    });
  }
  if (FORM.objects.has(term) || FORM.never_mere.has(term) && context.includes(BADGES)) return true;
  if (FORM.truths.has(term) && typeof value !== "boolean") return true;
  return FORM.numbers.has(term) && typeof value !== "number";
}

/** Whether one object says too little or too much of itself. */
function isOddNode(node, context, term, depth) {
  const types = node.type, empty = !("type" in node) || !types || Array.isArray(types) && !types.length;
  const expected = depth === 0 ? context : "proof" in node ? BADGE_CONTEXT : null;
  return depth === 0 && context.includes(EXTENSIONS) !== "credentialSchema" in node
    || term === "credentialSchema" && !textOf(node.id).startsWith(TABLE.schemas)
    || !FORM.objects.has(term) && empty
    || term === "relatedResource" && ("type" in node || !("digestSRI" in node))
    || Array.isArray(types) && types.includes("Profile") && !("name" in node)
    || (expected ? !sameLists(expected, node["@context"]) : node["@context"] !== undefined && node["@context"] !== null);
}

/** Whether a member of an object is a list in the standards' schemas. */
function isListIn(name, node) {
  if (name === "type") return !listOf(node.type).some(one => FORM.plain_types.has(one));
  if (name === "identifier") return node.type !== "IdentifierEntry";
  if (name === "resultDescription") return !sameLists(["Result"], node.type);
  return FORM.lists.has(name);
}

/* What may be said of one thing in two places. To a signature two objects with one id are one node, and a member may be moved
   from one to the other; so they have to be alike, but for a few pairs that take nothing from each other. */

const INSIDE = new Set(["endorsement", "verifiableCredential"]);

/** Whether two objects of a document have one id and could take from each other. */
function clashes(document) {
  const around = new Map();
  for (const node of namedNodes(document, false)) {
    if (isRefused(node, around, "")) return true;
    grouped(around, node.id, node);
  }
  for (const node of namedNodes(document, true)) if (isRefused(node, around, "endorsement")) return true;
  return false;
}

const isRefused = (node, around, apart) =>
  (around.get(node.id) ?? []).some(other => !(areAlike(node, other, apart) || areApart(node, other) || areApart(other, node)));

/** The objects with an id in a document: those inside signed documents in it, or those around them. */
function* namedNodes(value, inside, within = false) {
  if (Array.isArray(value)) for (const one of value) yield* namedNodes(one, inside, within);
  else if (isObject(value)) {
    if (isText(value.id) && within === inside) yield value;
    for (const name of Object.keys(value)) yield* namedNodes(value[name], inside, within || INSIDE.has(name));
  }
}

const areAlike = (one, other, apart) => ordered(without(one, apart)) === ordered(without(other, apart));

/** Whether the first object says of something what the second has no place for. */
function areApart(one, other) {
  const only = (node, ...names) => Object.keys(node).every(name => names.includes(name));
  if (sameLists(["EndorsementSubject"], one.type)) {
    return only(one, "id", "type", "endorsementComment") && !listOf(other.type).includes("EndorsementSubject");
  }
  if (!("type" in one)) return only(one, "id", "digestSRI", "mediaType") && other.type === "Image" && only(other, "id", "type", "caption");
  return sameLists(["Profile"], one.type) && sameLists(["Profile"], other.type)
    && only(one, "id", "type", "name") && Object.keys(one).length === 3 && one.name === other.name;
}
