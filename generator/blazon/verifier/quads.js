/* A document to quads: the table of terms turns JSON into RDF, without a JSON-LD processor (JSON-LD 1.1 API §5.1, §8.1).
   What those algorithms drop or repair without a word is refused. TABLE is made by the build from the table that signs. */

const MOST_QUADS = 1000, MOST_BLANK_NODES = 100, DEEPEST_NODE = 32;
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", XSD = "http://www.w3.org/2001/XMLSchema#";
const REFERENCES = new Set(["@id", "@vocab", "@graph", "@list", "@node"]);
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\x7f-\xa0\ud800-\udfff]+$/u;
const UNSIGNABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]/u;
const ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"};

/** A term that the table does not have in its place; `defined` when a standard's context defines it somewhere. */
class UnknownTerm extends Error {
  constructor(term, defined) {
    super(term);
    Object.assign(this, {term, defined});
  }
}

/** A document that says something in a form that a signature would not cover. */
class Malformed extends Error {}

/** A document beyond the limits of this reader; it is not refused for what it says. */
class TooLarge extends Error {}

const VOCABULARIES = TABLE.vocabularies;
const DEFINED = new Set([
  ...TABLE.others,
  ...VOCABULARIES.flatMap(one => [
    ...Object.keys(one.types), ...Object.keys(one.everywhere), ...Object.values(one.scoped).flatMap(scope => Object.keys(scope)),
  ]),
]);

const has = (table, name) => Object.prototype.hasOwnProperty.call(table, name);

/** The vocabulary of a document's `@context`, or undefined when it is not exactly one of the lists that we know. */
function vocabularyOf(context) {
  return Array.isArray(context) ? VOCABULARIES.find(one => sameLists(one.context, context)) : undefined;
}

const sameLists = (one, other) => Array.isArray(other) && one.length === other.length && one.every((entry, index) => entry === other[index]);

class Expansion {
  constructor(vocabulary) {
    this.quads = new Map();
    this.vocabulary = vocabulary;
    this.labels = 0;
    this.most = vocabulary.credentials;
  }

  add(...quad) {
    this.quads.set(quad.join("\n"), quad);
  }

  /** Add a node object and all below it; its subject comes back. */
  node(value, graph = "", depth = 0) {
    if (depth > DEEPEST_NODE) throw new TooLarge();
    const subject = "id" in value ? iri(value.id) : this.blank();
    const types = typesOf(value), scope = this.scope(types);
    for (const type of types) this.add(subject, `<${RDF}type>`, `<${this.vocabulary.types[type]}>`, graph);
    for (const term of Object.keys(value)) {
      const content = value[term], known = scope.get(term);
      if (!known) this.syntax(term, content, depth);
      else if (known.range === "@list") this.add(subject, known.iri, this.list(content, graph), graph);
      else for (const one of Array.isArray(content) ? each(content) : [content]) {
        this.add(subject, known.iri, isText(one) ? literalOrReference(known.range, one) : this.object(known.range, one, graph, depth + 1), graph);
      }
    }
    if (this.quads.size > MOST_QUADS * this.most) throw new TooLarge();
    return subject;
  }

  /** What each term means in a node with these types; two of them may not understand one differently (JSON-LD 1.1 §4.1.11). */
  scope(types) {
    const {everywhere, scoped, types: known} = this.vocabulary, found = new Map();
    const put = (term, [name, range = "", many = false]) => {
      const meaning = `${name} ${range} ${many}`;
      if ((found.get(term)?.meaning ?? meaning) !== meaning) throw new UnknownTerm(term, true);
      found.set(term, {meaning, iri: `<${name}>`, range});
    };
    for (const type of types) if (!has(known, type)) throw new UnknownTerm(type, DEFINED.has(type));
    for (const term of Object.keys(everywhere)) put(term, everywhere[term]);
    for (const type of types) if (has(scoped, type)) for (const term of Object.keys(scoped[type])) put(term, scoped[type][term]);
    return found;
  }

  /** The first node of a list of texts, whose order is signed (JSON-LD 1.1 API §8.1.4). */
  list(content, graph) {
    const texts = Array.isArray(content) ? each(content) : [content];
    const nodes = [...texts.map(() => this.blank()), `<${RDF}nil>`];
    texts.forEach((text, index) => {
      if (!isText(text)) throw new Malformed();
      this.add(nodes[index], `<${RDF}first>`, literal("", text), graph);
      this.add(nodes[index], `<${RDF}rest>`, nodes[index + 1], graph);
    });
    return nodes[0];
  }

  /** Let a word pass that belongs to JSON-LD itself: an id, a type, and a `@context` that says the same again. */
  syntax(term, content, depth) {
    if (term === "@context") {
      if (depth && vocabularyOf(content) !== this.vocabulary) throw new UnknownTerm("@context", true);
    } else if (term !== "id" && term !== "type") throw new UnknownTerm(term, DEFINED.has(term));
  }

  /** A value that is not text as the object of a quad; what is below it is added on the way. */
  object(range, value, graph, depth) {
    if (range === "@graph") {
      const inner = this.blank();
      if (!isObject(value)) throw new Malformed();
      this.node(value, inner, depth);
      return inner;
    }
    if (!isObject(value)) return numeral(range, value);
    if (range !== "" && range !== "@id" && range !== "@node") throw new Malformed();
    if (!("@context" in value)) return this.node(value, graph, depth);
    const around = this.vocabulary, own = vocabularyOf(value["@context"]);
    if (!own || own !== around && own !== VOCABULARIES[around.inner]) throw new UnknownTerm("@context", true);
    this.vocabulary = own;
    const subject = this.node(value, graph, depth);
    this.vocabulary = around;
    return subject;
  }

  blank() {
    if (this.labels >= MOST_BLANK_NODES * this.most) throw new TooLarge();
    this.labels += 1;
    return `_:b${this.labels}`;
  }
}

/** The quads of a whole document: subject, predicate, object and graph as N-Quads writes them. */
function expand(document) {
  const vocabulary = vocabularyOf(document["@context"]);
  if (!vocabulary) throw new UnknownTerm("@context", true);
  const expansion = new Expansion(vocabulary);
  expansion.node(document);
  return [...expansion.quads.values()];
}

function typesOf(value) {
  if (!("type" in value)) return [];
  const types = listOf(value.type);
  if (!types.length || !types.every(isText)) throw new Malformed();
  return types;
}

/** The values of a property with a list of them, which is neither empty nor nested. */
function each(content) {
  if (content.length > MOST_QUADS) throw new TooLarge();
  if (!content.length || content.some(Array.isArray)) throw new Malformed();
  return content;
}

function literal(datatype, text) {
  if (UNSIGNABLE.test(text)) throw new Malformed();
  const written = text.replace(/[\\"\t\n\r]/g, found => ESCAPES[found]);
  return `"${written}"${datatype && `^^<${datatype}>`}`;
}

/** A JSON string: a literal with its datatype, an address, or a word of the standards (RDF 1.2 N-Quads §4.2). */
function literalOrReference(range, text) {
  if (!REFERENCES.has(range)) return literal(range, text);
  if (range === "@id") return iri(text);
  if (range !== "@vocab") throw new Malformed();
  if (!has(TABLE.words, text)) throw new UnknownTerm(text, false);
  return `<${TABLE.words[text]}>`;
}

/** A JSON number or truth value as a literal (JSON-LD 1.1 API §8.2). */
function numeral(range, value) {
  if (REFERENCES.has(range)) throw new Malformed();
  if (typeof value === "boolean") return literal(range || `${XSD}boolean`, String(value));
  if (typeof value !== "number") throw new Malformed();
  if (Number.isInteger(value)) return literal(range || `${XSD}integer`, String(value));
  if (Number(value.toFixed(4)) !== value) throw new Malformed();
  const [digits, exponent] = value.toExponential(15).split("e");
  const mantissa = digits.replace(/0+$/, "");
  return literal(range || `${XSD}double`, `${mantissa}${mantissa.endsWith(".") ? "0" : ""}E${Number(exponent)}`);
}

function iri(value) {
  if (!isText(value) || !ABSOLUTE.test(value)) throw new Malformed();
  return `<${value}>`;
}
