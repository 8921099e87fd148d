/* What a picture carries, and the picture without it (Open Badges 3.0, §5.3). */

const CREDENTIAL_KEYWORD = "openbadgecredential", ASSERTION_KEYWORD = "openbadges";
const TEXT_KINDS = ["tEXt", "zTXt", "iTXt"], SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10], MOST_CHUNKS = 10000;
const SVG_NAMESPACE = "http://www.w3.org/2000/svg", XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const CREDENTIAL_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0", ASSERTION_NAMESPACE = "http://openbadges.org";
const CARRIERS = {[CREDENTIAL_NAMESPACE]: "credential", [ASSERTION_NAMESPACE]: "assertion"};
const LARGEST_DRAWING = 2 * 1024 * 1024, MOST_ELEMENTS = 100000;
const DECLARATION = ` xmlns:openbadges="${CREDENTIAL_NAMESPACE}">`;
const PART = "[A-Za-z_\\x80-\\xff][A-Za-z0-9._\\-\\x80-\\xff]*";
const TAG = new RegExp(`<(${PART}(?::${PART})?)((?:\\s+${PART}(?::${PART})?\\s*=\\s*(?:"[^<"]*"|'[^<']*'))*)\\s*(/?)>`, "y");
const ATTRIBUTE = new RegExp(`(${PART}(?::${PART})?)\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "g");
const END_TAG = new RegExp(`</(${PART}(?::${PART})?)\\s*>`, "y");
const XML_DECLARATION = /<\?xml\s+version\s*=\s*(["'])1\.[0-9]+\1(?:\s+encoding\s*=\s*(["'])[A-Za-z][A-Za-z0-9._-]*\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>/y;
const INSTRUCTION = new RegExp(`<\\?(?!xml[\\s?])${PART}(?:\\s[^]*?)?\\?>`, "iy");
const COMMENT = /<!--(?:(?!--)[^])*-->/y, SECTION = /<!\[CDATA\[[^]*?\]\]>/y, CHARACTERS = /[^<]+/y;
const REFERENCE = /&(?:#([0-9]+);|#x([0-9A-Fa-f]+);|(amp|lt|gt|quot|apos);)?/g;
const NAMED = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};
const WHITE = "[ \\t\\n\\r\\f\\v]*";
const CARRIED = new RegExp(`^${WHITE}<!\\[CDATA\\[([^]*?)\\]\\]>${WHITE}$`);

/** A picture whose badge stands in its place and is written in a way that we do not read; others may. */
class Unusual extends Doubt {}

/** Bytes as text of as many characters, and back. */
/** One letter for each byte. What browsers call latin1 is another encoding, in which some bytes become other letters. */
function latin(bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return pieces.join("");
}

const bytesOf = text => Uint8Array.from(text, letter => letter.charCodeAt(0));

/** The credential and the 2.0 assertion of a PNG as text, and the PNG without them. Throws Unreadable. */
function unbakePng(data) {
  const texts = {}, kept = [data.subarray(0, 8)];
  for (const [kind, content, start, end] of chunks(data)) {
    const keyword = keywordOf(content), zero = keyword.length;
    if (!TEXT_KINDS.includes(kind) || !isOurs(keyword)) {
      kept.push(data.subarray(start, end));
      continue;
    }
    const plain = content.subarray(zero, zero + 5).every(byte => byte === 0) && content.length >= zero + 5;
    if (kind !== "iTXt" || ![CREDENTIAL_KEYWORD, ASSERTION_KEYWORD].includes(keyword) || !plain) throw new Unreadable("unusual-carrier");
    const text = decoded(content.subarray(zero + 5), "inside-not-utf8");
    if (keyword in texts) throw new Unreadable("two-credentials");
    texts[keyword] = text;
  }
  return {credential: texts[CREDENTIAL_KEYWORD], assertion: texts[ASSERTION_KEYWORD], picture: joined(...kept), mediaType: "image/png"};
}

/** The keyword that a text chunk begins with. */
function keywordOf(content) {
  const zero = content.indexOf(0);
  return latin(content.subarray(0, zero < 0 ? content.length : zero));
}

/** Whether a keyword is one of ours, however it is spelt. */
const isOurs = keyword => [CREDENTIAL_KEYWORD, ASSERTION_KEYWORD].includes(keyword.replace(/^[ \t-\r]+|[ \t-\r]+$/g, "").toLowerCase());

/** The chunks of a whole PNG: kind, content, and where the chunk starts and ends (PNG, third edition, §5.3). */
function* chunks(data) {
  if (!SIGNATURE.every((byte, index) => data[index] === byte)) throw new Unreadable("not-a-picture");
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  for (let at = 8, number = 1, kind = ""; kind !== "IEND"; number++) {
    if (number > MOST_CHUNKS) throw new Unreadable("too-long");
    if (at + 12 > data.length || at + 12 + view.getUint32(at) > data.length) throw new Unreadable("damaged-picture");
    const end = at + 12 + view.getUint32(at);
    kind = latin(data.subarray(at + 4, at + 8));
    if (crc32(data.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) throw new Unreadable("damaged-picture");
    if ((number === 1) !== (kind === "IHDR")) throw new Unreadable("damaged-picture");
    if (kind === "IEND" && (end !== data.length || end !== at + 12)) throw new Unreadable("damaged-picture");
    yield [kind, data.subarray(at + 8, end - 4), at, end];
    at = end;
  }
}

/** The credential and the 2.0 assertion of an SVG as text, and the SVG without them. Throws Unreadable, and Unusual when all that
    is unusual is how the text is written. */
function unbakeSvg(data) {
  const drawing = new Drawing(data), source = drawing.source, texts = {};
  let head = source.slice(0, drawing.rootEnd), at = drawing.rootEnd;
  if (drawing.carriers.length && head.endsWith(DECLARATION)) head = `${head.slice(0, -DECLARATION.length)}>`;
  const kept = [head];
  for (const [name, start, end] of drawing.carriers) {
    if (name in texts) throw new Unreadable("two-credentials");
    texts[name] = carriedText(source.slice(start, end));
    const between = source.slice(at, start);
    kept.push(between === "\n" ? "" : between); // the line break that was put before an element goes with it
    at = end;
  }
  const picture = kept.join("") + source.slice(at);
  if (picture.includes("<openbadges:")) throw new Unreadable("unusual-carrier");
  return {credential: texts.credential, assertion: texts.assertion, picture: bytesOf(picture), mediaType: "image/svg+xml"};
}

/** The text of an element whose whole content is one CDATA section. */
function carriedText(element) {
  TAG.lastIndex = 0;
  const start = TAG.exec(element), end = element.lastIndexOf("</");
  const found = start && start[0].length <= end ? CARRIED.exec(element.slice(start[0].length, end)) : null;
  if (!found || found[1].includes("]]>")) throw new Unusual("unusual-carrier");
  return decoded(bytesOf(found[1]), "inside-not-utf8");
}

/** Where a drawing's root and its credentials are, found by reading it as XML with namespaces. Throws Unreadable for what is not plain,
    well-formed SVG in UTF-8. */
class Drawing {
  constructor(data) {
    if (data.length > LARGEST_DRAWING) throw new Unreadable("too-long");
    if (/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(decoded(data))) throw new Unreadable("not-xml");
    this.source = latin(data);
    this.at = this.source.startsWith("\xef\xbb\xbf") ? 3 : 0;
    this.open = [];
    this.carriers = [];
    this.elements = 0;
    this.rootEnd = 0;
    this.match(XML_DECLARATION);
    while (this.at < this.source.length) this.step();
    if (!this.rootEnd || this.open.length) throw new Unreadable("not-xml");
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  /** Read one piece: text, a section, a comment, an instruction or a tag. */
  step() {
    const start = this.at, inside = this.open.length > 0;
    const text = this.match(CHARACTERS);
    if (text) {
      if (inside ? text[0].includes("]]>") : /[^ \t\n\r]/.test(text[0])) throw new Unreadable("not-xml");
      resolved(text[0]);
    } else if (this.match(COMMENT) || this.match(INSTRUCTION) || inside && this.match(SECTION)) {
      return;
    } else if (this.source.startsWith("</", start)) this.end(this.match(END_TAG));
    else this.start(this.match(TAG), start);
  }

  start(tag, start) {
    if (!tag || this.rootEnd && !this.open.length) throw new Unreadable("not-xml");
    this.elements += 1;
    if (this.elements > MOST_ELEMENTS) throw new Unreadable("too-long");
    const around = this.open[this.open.length - 1]?.spaces ?? new Map([["xml", XML_NAMESPACE]]);
    const {spaces, attributes} = namespaces(tag[2], around);
    const [prefix, local] = split(tag[1]), space = spaceOf(spaces, prefix, true);
    if (!this.open.length) {
      if (space !== SVG_NAMESPACE || local !== "svg") throw new Unreadable("not-svg");
      this.rootEnd = this.at;
    }
    const carrier = prefix === "openbadges" && has(CARRIERS, space) && CARRIERS[space] === local ? local : "";
    if (this.open.length && (has(CARRIERS, space) || prefix === "openbadges") && (!carrier || this.open.length > 1 || attributes)) {
      throw new Unreadable("unusual-carrier");
    }
    if (tag[3]) {
      if (carrier) this.carriers.push([carrier, start, this.at]);
    } else this.open.push({name: tag[1], carrier, start, spaces});
  }

  end(tag) {
    const opened = this.open.pop();
    if (!tag || !opened || opened.name !== tag[1]) throw new Unreadable("not-xml");
    if (opened.carrier) this.carriers.push([opened.carrier, opened.start, this.at]);
  }
}

const split = name => name.includes(":") ? name.split(":") : ["", name];

/** The namespace of a prefix; without one, that of elements is the default one, and attributes have none. */
function spaceOf(spaces, prefix, element) {
  if (!prefix) return element ? spaces.get("") ?? "" : "";
  if (!spaces.has(prefix)) throw new Unreadable("not-xml");
  return spaces.get(prefix);
}

/** The namespaces that hold inside an element, and how many attributes it has beside their declarations. */
function namespaces(text, around) {
  const spaces = new Map(around), names = [];
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
    const value = resolved(double ?? single), [prefix, local] = split(name);
    if (name !== "xmlns" && prefix !== "xmlns") {
      names.push(name);
      continue;
    }
    const bound = prefix ? local : "", reserved = value === XML_NAMESPACE || value === "http://www.w3.org/2000/xmlns/";
    if (names.includes(name) || bound === "xmlns" || (bound === "xml" ? value !== XML_NAMESPACE : reserved) || bound && !value) {
      throw new Unreadable("not-xml");
    }
    names.push(name);
    spaces.set(bound, value);
  }
  const declared = name => name === "xmlns" || name.startsWith("xmlns:");
  const own = names.filter(name => !declared(name)).map(name => {
    const [prefix, local] = split(name);
    return `${spaceOf(spaces, prefix, false)} ${local}`;
  });
  if (new Set(own).size < own.length || new Set(names).size < names.length) throw new Unreadable("not-xml");
  return {spaces, attributes: own.length};
}

/** Text with its references replaced; there are no other entities than those of XML itself. */
function resolved(text) {
  return text.replace(REFERENCE, (whole, decimal, hexadecimal, name) => {
    if (name) return NAMED[name];
    const point = decimal ? parseInt(decimal, 10) : hexadecimal ? parseInt(hexadecimal, 16) : -1;
    const good = point === 9 || point === 10 || point === 13 || point >= 32 && point < 0xd800 || point > 0xdfff && point < 0xfffe
      || point > 0xffff && point < 0x110000;
    if (!good) throw new Unreadable("not-xml");
    return String.fromCodePoint(point);
  });
}
