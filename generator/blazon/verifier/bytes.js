/* Bytes: hashes, base58, base64 and gzip, written out so that they work in every browser and on plain addresses as well. */

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const MOST_LETTERS = 200;

/** The number that bytes are, the last one counting most. */
const littleEndian = bytes => bytes.reduceRight((number, byte) => number << 8n | BigInt(byte), 0n);

const sameBytes = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index]);

const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");

/** Several runs of bytes as one. */
function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The first primes, and the first bits behind the point of a root of each: what the constants of SHA-2 are (FIPS 180-4 §4.2). */
function fractions(count, degree, bits) {
  const found = [];
  for (let prime = 2n; found.length < count; prime++) {
    let divisor = 2n;
    while (divisor * divisor <= prime && prime % divisor) divisor++;
    if (divisor * divisor <= prime) continue;
    const scaled = prime << BigInt(bits * degree);
    let low = 0n, high = 1n << BigInt(bits + 8);
    while (high - low > 1n) {
      const middle = low + high >> 1n;
      if (middle ** BigInt(degree) <= scaled) low = middle; else high = middle;
    }
    found.push(BigInt.asUintN(bits, low));
  }
  return found;
}

const START_256 = fractions(8, 2, 32).map(Number), ROUND_256 = fractions(64, 3, 32).map(Number);

/** A message with its padding (FIPS 180-4 §5.1): blocks of so many bytes that end with the length in bits. */
function padded(bytes, block) {
  const room = block / 8;
  const whole = new Uint8Array(Math.ceil((bytes.length + 1 + room) / block) * block);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(whole.length - 4, bytes.length << 3);
  return view;
}

/** SHA-256 of bytes: 32 bytes (FIPS 180-4 §6.2). */
function sha256(bytes) {
  const view = padded(bytes, 64), words = new Int32Array(64), state = Int32Array.from(START_256);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let index = 0; index < 16; index++) words[index] = view.getInt32(at + 4 * index);
    for (let index = 16; index < 64; index++) {
      const x = words[index - 15], y = words[index - 2];
      words[index] = words[index - 16] + words[index - 7]
        + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let index = 0; index < 64; index++) {
      const one = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g)
        + ROUND_256[index] + words[index];
      const two = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c);
      [h, g, f, e, d, c, b, a] = [g, f, e, d + one | 0, c, b, a, one + two | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] += word; });
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setInt32(4 * index, word));
  return new Uint8Array(digest.buffer);
}

const sha256Text = text => sha256(new TextEncoder().encode(text));

/** SHA-512 of bytes: 64 bytes (FIPS 180-4 §6.4). Only browsers that know no Ed25519 need it. */
function sha512(bytes) {
  const start = fractions(8, 2, 64), rounds = fractions(80, 3, 64);
  const view = padded(bytes, 128), words = [], state = [...start];
  const low = number => BigInt.asUintN(64, number);
  const turned = (number, by) => low(number >> BigInt(by) | number << BigInt(64 - by));
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let index = 0; index < 16; index++) words[index] = view.getBigUint64(at + 8 * index);
    for (let index = 16; index < 80; index++) {
      const x = words[index - 15], y = words[index - 2];
      words[index] = low(words[index - 16] + words[index - 7]
        + (turned(x, 1) ^ turned(x, 8) ^ x >> 7n) + (turned(y, 19) ^ turned(y, 61) ^ y >> 6n));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let index = 0; index < 80; index++) {
      const one = h + (turned(e, 14) ^ turned(e, 18) ^ turned(e, 41)) + (e & f ^ low(~e) & g) + rounds[index] + words[index];
      const two = (turned(a, 28) ^ turned(a, 34) ^ turned(a, 39)) + (a & b ^ a & c ^ b & c);
      [h, g, f, e, d, c, b, a] = [g, f, e, low(d + one), c, b, a, low(one + two)];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] = low(state[index] + word); });
  }
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((word, index) => digest.setBigUint64(8 * index, word));
  return new Uint8Array(digest.buffer);
}

/** The bytes that base58 text stands for, or null; every text of the alphabet encodes back to itself. */
function fromBase58(text) {
  if (text.length > MOST_LETTERS) return null;
  let number = 0n;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    number = number * 58n + BigInt(value);
  }
  const bytes = [];
  for (; number; number >>= 8n) bytes.unshift(Number(number & 255n));
  return Uint8Array.from([...Array(/^1*/.exec(text)[0].length).fill(0), ...bytes]);
}

/** The bytes of base64, or of base64url without padding; the caller has looked at the letters. */
function fromBase64(text) {
  const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(letters, letter => letter.charCodeAt(0));
}

/** The checksum of PNG and gzip (RFC 1952 §8). */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = crc >>> 8 ^ CRC_TABLE[(crc ^ byte) & 255];
  return (crc ^ -1) >>> 0;
}

const CRC_TABLE = Int32Array.from({length: 256}, (_, start) => {
  let crc = start;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** What one gzip member holds, or null for anything else: damaged, more than one, something after it (RFC 1952). A longer content
    than `limit` gives one byte more than that. */
function gunzip(bytes, limit) {
  if (bytes.length < 18 || bytes[0] !== 31 || bytes[1] !== 139 || bytes[2] !== 8 || bytes[3] & 0xe0) return null;
  const flags = bytes[3];
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] | bytes[at + 1] << 8);
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1 || bytes.length;
  if (flags & 2) {
    const sum = crc32(bytes.subarray(0, at)) & 0xffff;
    if (sum !== (bytes[at] | bytes[at + 1] << 8)) return null;
    at += 2;
  }
  try {
    const inflated = new Inflater(bytes, at, limit);
    if (inflated.size > limit) return inflated.bytes();
    const found = inflated.bytes(), view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (inflated.at + 8 !== bytes.length) return null;
    if (view.getUint32(inflated.at, true) !== crc32(found) || view.getUint32(inflated.at + 4, true) !== found.length) return null;
    return found;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A Huffman code by the lengths of its words (RFC 1951 §3.2.2): how many words of each length, and their symbols in order. */
function huffman(lengths) {
  const counts = new Uint16Array(16), symbols = [];
  for (const length of lengths) counts[length] += 1;
  let left = 1;
  for (let length = 1; length < 16; length++) {
    left = left * 2 - counts[length];
    if (left < 0) throw new RangeError();
    lengths.forEach((one, symbol) => { if (one === length) symbols.push(symbol); });
  }
  counts[0] = 0;
  return {counts, symbols, whole: left === 0};
}

/** The content of a deflate stream (RFC 1951), up to one byte more than a limit. Throws RangeError for a broken one. */
class Inflater {
  constructor(bytes, at, limit) {
    Object.assign(this, {source: bytes, at, limit, hold: 0, held: 0, size: 0, out: new Uint8Array(65536)});
    for (let last = false; !last && this.size <= limit;) {
      last = this.bits(1) === 1;
      const kind = this.bits(2);
      if (kind === 0) this.stored(); else if (kind === 1) this.block(...FIXED()); else if (kind === 2) this.block(...this.codes());
      else throw new RangeError();
    }
  }

  bytes() {
    return this.out.slice(0, Math.min(this.size, this.limit + 1));
  }

  bits(count) {
    while (this.held < count) {
      if (this.at >= this.source.length) throw new RangeError();
      this.hold |= this.source[this.at++] << this.held;
      this.held += 8;
    }
    const found = this.hold & (1 << count) - 1;
    this.hold >>>= count;
    this.held -= count;
    return found;
  }

  put(byte) {
    if (this.size === this.out.length) this.out = joined(this.out, new Uint8Array(this.size));
    this.out[this.size++] = byte;
  }

  stored() {
    this.hold = this.held = 0;
    const size = this.source[this.at] | this.source[this.at + 1] << 8;
    if ((this.source[this.at + 2] | this.source[this.at + 3] << 8) !== (size ^ 0xffff)) throw new RangeError();
    this.at += 4;
    if (this.at + size > this.source.length) throw new RangeError();
    for (let count = 0; count < size && this.size <= this.limit; count++) this.put(this.source[this.at + count]);
    this.at += size;
  }

  symbol({counts, symbols}) {
    let code = 0, first = 0, index = 0;
    for (let length = 1; length < 16; length++) {
      code |= this.bits(1);
      const count = counts[length];
      if (code - count < first) return symbols[index + code - first];
      index += count;
      first = first + count << 1;
      code <<= 1;
    }
    throw new RangeError();
  }

  block(literals, distances) {
    while (this.size <= this.limit) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.put(symbol);
        continue;
      }
      if (symbol > 285) throw new RangeError();
      const [shortest, more] = LENGTHS[symbol - 257];
      const length = shortest + this.bits(more);
      const far = DISTANCES[this.symbol(distances)];
      if (!far) throw new RangeError();
      const distance = far[0] + this.bits(far[1]);
      if (distance > this.size) throw new RangeError();
      for (let count = 0; count < length; count++) this.put(this.out[this.size - distance]);
    }
  }

  codes() {
    const literals = this.bits(5) + 257, distances = this.bits(5) + 1, count = this.bits(4) + 4;
    if (literals > 286 || distances > 30) throw new RangeError();
    const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15], short = Array(19).fill(0);
    for (let index = 0; index < count; index++) short[order[index]] = this.bits(3);
    const code = huffman(short), lengths = [];
    if (!code.whole) throw new RangeError();
    while (lengths.length < literals + distances) {
      const symbol = this.symbol(code);
      if (symbol < 16) lengths.push(symbol);
      else {
        if (symbol === 16 && !lengths.length) throw new RangeError();
        const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
        const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
        for (let time = 0; time < times; time++) lengths.push(value);
      }
    }
    if (lengths.length > literals + distances || !lengths[256]) throw new RangeError();
    const near = huffman(lengths.slice(0, literals)), far = huffman(lengths.slice(literals));
    const alone = one => one.symbols.length === 1 && one.counts[1] === 1;
    if (!(near.whole || alone(near)) || !(far.whole || alone(far) || !far.symbols.length)) throw new RangeError();
    return [near, far];
  }
}

/** Pairs of a base value and how many bits follow, for match lengths and distances (RFC 1951 §3.2.5). */
function ladder(first, groups, size) {
  const found = [];
  let value = first;
  for (let group = 0; group < groups; group++) {
    const more = Math.max(0, group - 1);
    for (let one = 0; one < size; one++) {
      found.push([value, more]);
      value += 1 << more;
    }
  }
  return found;
}

const LENGTHS = [...ladder(3, 7, 4), [258, 0]];
const DISTANCES = ladder(1, 15, 2);
const FIXED = () => [
  huffman([...Array(144).fill(8), ...Array(112).fill(9), ...Array(24).fill(7), ...Array(8).fill(8)]), huffman(Array(30).fill(5)),
];
