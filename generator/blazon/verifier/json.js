/* JSON through one strict gate (RFC 8259; RFC 7493, I-JSON). The browser's own reader keeps the last of two equal keys and lets
   half characters pass; this one refuses whatever two readers might understand differently. */

const LARGEST_INTEGER = 2 ** 53 - 1, DEEPEST = 32;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);
const ESCAPED = {'"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t"};
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\x00-\x1f]*/y;
const SPACE = /[ \t\n\r]*/y;
const HALF = /[\ud800-\udfff]/u;

/** Bytes or text that is not what it should be; the message is the key of a sentence. */
class Unreadable extends Failure {}

/** Bytes as text. Throws Unreadable for what is not UTF-8, or begins with a byte order mark. */
function decoded(bytes, key = "not-utf8") {
  try {
    return new TextDecoder("utf-8", {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    throw new Unreadable(key);
  }
}

/** The JSON object that bytes or text hold, without a prototype. Throws Unreadable for anything but one in UTF-8, with unique
    keys, finite numbers and at most 32 levels. */
function parseJson(data, limit) {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  if (bytes.length > limit) throw new Unreadable("too-long");
  const text = decoded(bytes);
  if (text[0] === "\ufeff") throw new Unreadable("byte-order-mark");
  const document = new JsonReader(text).whole();
  if (!isObject(document)) throw new Unreadable("not-an-object");
  return document;
}

class JsonReader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  whole() {
    const found = this.value(0);
    this.match(SPACE);
    if (this.at < this.text.length) this.refuse();
    return found;
  }

  refuse() {
    throw new Unreadable("not-json");
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  value(depth) {
    this.match(SPACE);
    const first = this.text[this.at];
    if (first === '"') return this.string();
    if (first === "{" || first === "[") {
      if (depth >= DEEPEST) throw new Unreadable("too-deep");
      this.at += 1;
      return first === "{" ? this.object(depth + 1) : this.array(depth + 1);
    }
    for (const [word, meaning] of [["true", true], ["false", false], ["null", null]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return meaning;
      }
    }
    return this.number();
  }

  /** Whether a list of parts ends here with `end`, or goes on after a comma; `first` when there was no part yet. */
  ends(end, first) {
    this.match(SPACE);
    const found = this.text[this.at];
    if (found === end) {
      this.at += 1;
      return true;
    }
    if (first) return false;
    if (found !== ",") this.refuse();
    this.at += 1;
    this.match(SPACE);
    return false;
  }

  object(depth) {
    const table = Object.create(null);
    for (let first = true; !this.ends("}", first); first = false) {
      if (this.text[this.at] !== '"') this.refuse();
      const name = this.string();
      if (name in table) throw new Unreadable("twice", {name});
      if (FORBIDDEN.has(name)) throw new Unreadable("forbidden-name", {name});
      this.match(SPACE);
      if (this.text[this.at] !== ":") this.refuse();
      this.at += 1;
      table[name] = this.value(depth);
    }
    return table;
  }

  array(depth) {
    const list = [];
    while (!this.ends("]", !list.length)) list.push(this.value(depth));
    return list;
  }

  string() {
    let text = "";
    for (this.at += 1; ;) {
      text += this.match(PLAIN)[0];
      const end = this.text[this.at];
      this.at += 1;
      if (end === '"') break;
      if (end !== "\\") this.refuse();
      text += this.escape();
    }
    if (HALF.test(text)) throw new Unreadable("half-character");
    return text;
  }

  escape() {
    const kind = this.text[this.at];
    this.at += 1;
    if (kind !== "u") return ESCAPED[kind] ?? this.refuse();
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) this.refuse();
    this.at += 4;
    return String.fromCharCode(parseInt(digits, 16));
  }

  number() {
    const found = this.match(NUMBER);
    if (!found) this.refuse();
    const number = Number(found[0]);
    if (!(Math.abs(number) <= LARGEST_INTEGER)) throw new Unreadable("large-number");
    return number || 0; // there is no -0
  }
}

const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = value => typeof value === "string";
const textOf = value => isText(value) ? value : "";
const listOf = value => Array.isArray(value) ? value : [value];

/** An object without some of its members. */
function without(table, ...names) {
  const rest = Object.create(null);
  for (const name of Object.keys(table)) if (!names.includes(name)) rest[name] = table[name];
  return rest;
}

/** A JSON value as text that does not depend on the order of keys. */
function ordered(value) {
  if (Array.isArray(value)) return `[${value.map(ordered).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${ordered(value[name])}`).join()}}`;
}
