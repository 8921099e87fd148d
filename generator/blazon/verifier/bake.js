/* A credential into a badge's own picture, where no baked one is published: the very bytes that `bake.py` writes (Open Badges 3.0, §5.3). */

const NOTICED = /[<>&\u2028\u2029\ufffe\uffff]/g, STRING = /"(?:[^"\\]|\\[^])*"/g;
const BEFORE_CREDENTIAL = "\n<openbadges:credential><![CDATA[", AFTER_CREDENTIAL = "]]></openbadges:credential>";
const BEFORE_ASSERTION = `\n<openbadges:assertion xmlns:openbadges="${ASSERTION_NAMESPACE}"><![CDATA[`, AFTER_ASSERTION = "]]></openbadges:assertion>";

/** A badge's own PNG or SVG with a credential and the assertion beside it inside, both given as their text. Throws Unreadable for a
    picture that is not the one which was signed for, or cannot take them, and for what is no document or has been withdrawn. */
function bake(picture, credential, assertion) {
  const texts = [credential, assertion].map(embedded), [award, copy] = texts.map(text => parseJson(text, LARGEST_CREDENTIAL));
  const isPng = picture[0] === SIGNATURE[0], mediaType = isPng ? "image/png" : "image/svg+xml";
  const found = pictureOutcome(award, {picture, mediaType});
  if (found.verdict === FAILED) throw new Unreadable(found.key);
  if (copy.revoked === true) throw new Unreadable("copy-withdrawn");
  return (isPng ? bakePng : bakeSvg)(picture, ...texts.map(text => new TextEncoder().encode(text)));
}

/** The text of a published document as it stands in a picture: what XML would notice is escaped, and braces inside strings. */
function embedded(text) {
  return text.trimEnd().replace(NOTICED, escaped).replace(STRING, string => string.replace(/[{}]/g, escaped));
}

const escaped = character => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A PNG with both documents before its end, each in a chunk of its own. */
function bakePng(picture, credential, assertion) {
  for (const [kind, content] of chunks(picture)) {
    if (TEXT_KINDS.includes(kind) && isOurs(keywordOf(content))) throw new Unreadable("two-credentials");
  }
  const end = picture.length - 12;
  return joined(picture.subarray(0, end), textChunk(ASSERTION_KEYWORD, assertion), textChunk(CREDENTIAL_KEYWORD, credential), picture.subarray(end));
}

/** An uncompressed iTXt chunk without a language (PNG, third edition, §11.3.3.4). */
function textChunk(keyword, text) {
  const content = joined(bytesOf(`iTXt${keyword}\0\0\0\0\0`), text), numbers = new DataView(new ArrayBuffer(8));
  numbers.setUint32(0, content.length - 4);
  numbers.setUint32(4, crc32(content));
  return joined(new Uint8Array(numbers.buffer, 0, 4), content, new Uint8Array(numbers.buffer, 4));
}

/** An SVG with both documents as the first elements of its root. */
function bakeSvg(picture, credential, assertion) {
  const {source, rootEnd} = new Drawing(picture);
  if (source.includes("openbadges") || source.slice(rootEnd - 2, rootEnd) === "/>") throw new Unreadable("unusual-carrier");
  return joined(
    picture.subarray(0, rootEnd - 1), bytesOf(DECLARATION + BEFORE_CREDENTIAL), credential,
    bytesOf(AFTER_CREDENTIAL + BEFORE_ASSERTION), assertion, bytesOf(AFTER_ASSERTION), picture.subarray(rootEnd),
  );
}
