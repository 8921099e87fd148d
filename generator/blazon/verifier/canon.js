/* Canonical N-Quads: RDFC-1.0 (RDF Dataset Canonicalization, W3C 2024) with SHA-256 and a work limit. */

const MOST_STEPS = 20000, MOST_ALIKE = 64, DEEPEST_PATH = 64;

const isBlank = term => term[0] === "_";
const hashed = text => hex(sha256Text(text));
const lineOf = ([subject, predicate, value, graph]) => `${subject} ${predicate} ${value} ${graph ? `${graph} ` : ""}.\n`;

/** The order of code points, in which characters beyond the first plane come last. */
function byCodePoint(one, other) {
  const most = Math.min(one.length, other.length);
  for (let at = 0; at < most; at++) {
    const a = one.charCodeAt(at), b = other.charCodeAt(at);
    if (a === b) continue;
    const half = a >= 0xd800 && a < 0xe000;
    return half === (b >= 0xd800 && b < 0xe000) ? a - b : half ? 1 : -1;
  }
  return one.length - other.length;
}

/** A document's canonical N-Quads, one statement a line. Throws Malformed, TooLarge and UnknownTerm. */
async function canonicalize(document) {
  const quads = expand(document);
  await rest();
  const labels = new Canonicalizer(quads).labels();
  await rest();
  const lines = quads.map(quad => lineOf(quad.map(term => labels.get(term) ?? term)));
  return [...new Set(lines)].sort(byCodePoint).join("");
}

const SAID = new WeakMap();

/** What a document says without its proof, in canonical N-Quads: once for each document, since its form and its proof both ask. */
function said(document) {
  if (!SAID.has(document)) SAID.set(document, canonicalize(without(document, "proof")));
  return SAID.get(document);
}

/** Gives labels to blank nodes in the order in which they are asked for (RDFC-1.0 §4.5). */
class Issuer {
  constructor(prefix, issued = new Map()) {
    this.prefix = prefix;
    this.issued = issued;
  }

  issue(label) {
    if (!this.issued.has(label)) this.issued.set(label, `${this.prefix}${this.issued.size}`);
    return this.issued.get(label);
  }
}

class Canonicalizer {
  constructor(quads) {
    this.mentions = new Map();
    for (const quad of quads) {
      for (const label of new Set([quad[0], quad[2], quad[3]].filter(isBlank))) grouped(this.mentions, label, quad);
    }
    this.hashes = new Map();
    for (const [label, found] of this.mentions) this.hashes.set(label, this.firstDegree(label, found));
    this.canonical = new Issuer("_:c14n");
    this.taken = 0;
    this.depth = 0;
  }

  /** The hash of a blank node from the quads that mention it (§4.6). */
  firstDegree(label, quads) {
    const masked = term => isBlank(term) ? term === label ? "_:a" : "_:z" : term;
    return hashed(quads.map(([subject, predicate, value, graph]) =>
      lineOf([masked(subject), predicate, masked(value), graph && masked(graph)])).sort(byCodePoint).join(""));
  }

  /** The canonical label of each blank node (§4.4.3). */
  labels() {
    const alike = new Map();
    for (const [label, value] of this.hashes) grouped(alike, value, label);
    const order = [...alike.keys()].sort();
    for (const value of order) if (alike.get(value).length === 1) this.canonical.issue(alike.get(value)[0]);
    for (const value of order) if (alike.get(value).length > 1) this.nameAlike(alike.get(value));
    return this.canonical.issued;
  }

  nameAlike(labels) {
    const results = [];
    for (const label of labels) {
      if (this.canonical.issued.has(label)) continue;
      const issuer = new Issuer("_:b");
      issuer.issue(label);
      results.push(this.nDegree(label, issuer));
    }
    results.sort(([one], [other]) => one < other ? -1 : one > other ? 1 : 0);
    for (const [, issuer] of results) for (const label of issuer.issued.keys()) this.canonical.issue(label);
  }

  /** The hash of a blank node as another one sees it (§4.7). */
  related(label, quad, issuer, position) {
    const known = this.canonical.issued.get(label) ?? issuer.issued.get(label) ?? this.hashes.get(label);
    return hashed(`${position}${position === "g" ? "" : quad[1]}${known}`);
  }

  /** The hash of a blank node from all that can be reached from it, and the issuer that came out (§4.8). */
  nDegree(label, issuer) {
    const neighbours = new Map();
    const mentions = this.mentions.get(label).filter(quad => quad[3] || isBlank(quad[0]) && isBlank(quad[2]));
    this.count(mentions.length);
    for (const quad of mentions) {
      for (const [position, term] of [["s", quad[0]], ["o", quad[2]], ["g", quad[3]]]) {
        if (isBlank(term) && term !== label) grouped(neighbours, this.related(term, quad, issuer, position), term);
      }
    }
    this.depth += 1;
    if (this.depth > DEEPEST_PATH || [...neighbours.values()].some(one => one.length > MOST_ALIKE)) throw new TooLarge();
    let text = "";
    for (const related of [...neighbours.keys()].sort()) {
      let chosen = "", chosenIssuer = issuer;
      for (const order of orders(neighbours.get(related))) {
        const [path, walked] = this.path(order, issuer, chosen);
        if (path && (!chosen || path < chosen)) [chosen, chosenIssuer] = [path, walked];
      }
      text += related + chosen;
      issuer = chosenIssuer;
    }
    this.depth -= 1;
    return [hashed(text), issuer];
  }

  /** Count work, and give up on a graph that takes too much of it. */
  count(work) {
    this.taken += work;
    if (this.taken > MOST_STEPS) throw new TooLarge();
  }

  /** The path of one order of neighbours, or "" as soon as it cannot beat the chosen one (§4.8 step 5.4). */
  path(order, issuer, chosen) {
    const beaten = () => chosen && path.length >= chosen.length && path > chosen;
    this.count(1 + order.length);
    let walked = new Issuer(issuer.prefix, new Map(issuer.issued)), path = "";
    const unnamed = [];
    for (const label of order) {
      if (this.canonical.issued.has(label)) path += this.canonical.issued.get(label);
      else {
        if (!walked.issued.has(label)) unnamed.push(label);
        path += walked.issue(label);
      }
      if (beaten()) return ["", walked];
    }
    for (const label of unnamed) {
      const [result, inner] = this.nDegree(label, walked);
      path += `${walked.issue(label)}<${result}>`;
      walked = inner;
      if (beaten()) return ["", walked];
    }
    return [path, walked];
  }
}

/** Put a value into the list under a key. */
function grouped(lists, key, value) {
  if (lists.has(key)) lists.get(key).push(value);
  else lists.set(key, [value]);
}

/** Every order of labels that differs from the others: one that is met several times is not exchanged with itself. */
function* orders(labels) {
  if (!labels.length) yield [];
  for (const label of new Set(labels)) {
    const rest = [...labels];
    rest.splice(rest.indexOf(label), 1);
    for (const order of orders(rest)) yield [label, ...order];
  }
}
