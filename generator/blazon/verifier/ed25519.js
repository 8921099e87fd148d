/* Ed25519 (RFC 8032 §5.1): which keys and signatures are refused before any arithmetic, and the check itself. Browsers' own
   implementations differ in what they refuse, so the refusals are ours. */

const P = 2n ** 255n - 19n, L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = number => (number % P + P) % P;
const KEY_SIZE = 32, SIGNATURE_SIZE = 64;

function power(base, exponent) {
  let found = 1n;
  for (let factor = mod(base); exponent; exponent >>= 1n, factor = factor * factor % P) if (exponent & 1n) found = found * factor % P;
  return found;
}

const D = mod(-121665n * power(121666n, P - 2n)), ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

/** A square root modulo 2^255 - 19, or null where there is none. */
function root(square) {
  const found = power(square, (P + 3n) / 8n);
  for (const candidate of [found, mod(found * ROOT_OF_MINUS_ONE)]) if (mod(candidate * candidate - square) === 0n) return candidate;
  return null;
}

/** The y coordinates of the eight points whose order divides 8: dy⁴ + 2y² - 1 = 0 for those of order 8. */
const LOW_ORDER = (() => {
  const found = [0n, 1n, P - 1n], discriminant = root(1n + D);
  for (const sign of [1n, -1n]) {
    const y = root(mod((sign * discriminant - 1n) * power(D, P - 2n)));
    if (y !== null) found.push(y, P - y);
  }
  return new Set(found);
})();

const yOf = point => littleEndian(point) & (1n << 255n) - 1n;

/** The point that 32 bytes encode, as [x, y], or null when they are not canonical, of low order, or no point of the curve. */
function pointOf(bytes) {
  const y = yOf(bytes);
  if (y >= P || LOW_ORDER.has(y)) return null;
  const x = root(mod((y * y - 1n) * power(D * y * y + 1n, P - 2n)));
  if (x === null) return null;
  return [(x & 1n) === BigInt(bytes[31] >> 7) ? x : P - x, y];
}

/** Whether a signature is one that nobody could have bent: S < L, and R canonical and not of low order. */
function plainSignature(signature) {
  const y = yOf(signature.subarray(0, 32));
  return littleEndian(signature.subarray(32)) < L && y < P && !LOW_ORDER.has(y);
}

/** Whether a key (32 bytes) made a signature (64 bytes) over a message. */
async function verifySignature(key, signature, message) {
  if (signature.length !== SIGNATURE_SIZE || !pointOf(key) || !plainSignature(signature)) return false;
  try {
    const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, signature, message);
  } catch {
    return verifyByHand(key, signature, message);
  }
}

/** The same for browsers that do not know Ed25519, and for plain addresses, where they do not offer it. */
function verifyByHand(key, signature, message) {
  const [x, y] = pointOf(key), r = signature.subarray(0, 32), s = littleEndian(signature.subarray(32));
  const h = littleEndian(sha512(joined(r, key, message))) % L;
  const base = BASE();
  const found = plus(times(s, base), times(h, [P - x, y, 1n, mod((P - x) * y)]));
  const inverse = power(found[2], P - 2n), above = mod(found[1] * inverse);
  const bytes = new Uint8Array(32);
  for (let index = 0, rest = above | (mod(found[0] * inverse) & 1n) << 255n; index < 32; index++, rest >>= 8n) bytes[index] = Number(rest & 255n);
  return sameBytes(bytes, r);
}

const BASE = () => {
  const y = mod(4n * power(5n, P - 2n)), bytes = new Uint8Array(32);
  for (let index = 0, rest = y; index < 32; index++, rest >>= 8n) bytes[index] = Number(rest & 255n);
  const [x] = pointOf(bytes);
  return [x, y, 1n, mod(x * y)];
};

/** The sum of two points in extended coordinates (RFC 8032 §5.1.4). */
function plus([x, y, z, t], [u, v, w, s]) {
  const a = (y - x) * (v - u) % P, b = (y + x) * (v + u) % P, c = 2n * D * t * s % P, d = 2n * z * w % P;
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(number, point) {
  let found = [0n, 1n, 1n, 0n];
  for (let factor = point; number; number >>= 1n, factor = plus(factor, factor)) if (number & 1n) found = plus(found, factor);
  return found;
}

/** The 32 bytes of a public key written as `z6Mk…` (Multikey). Throws Failure for anything else. */
function readMultikey(text) {
  const data = isText(text) && text[0] === "z" ? fromBase58(text.slice(1)) : null;
  if (!data || data[0] !== 0xed || data[1] !== 1) throw new Failure("unusable-key");
  return usable(data.slice(2));
}

/** The 32 bytes of a public key written as a JSON Web Key (RFC 8037 §2). Throws Failure for anything else. */
function readJwk(jwk) {
  if (!isObject(jwk) || jwk.kty !== "OKP" || jwk.crv !== "Ed25519" || "d" in jwk) throw new Failure("unusable-key");
  const uses = jwk.key_ops ?? ["verify"];
  if (("use" in jwk && jwk.use !== "sig") || !Array.isArray(uses) || !uses.includes("verify")
    || ("alg" in jwk && !["EdDSA", "Ed25519"].includes(jwk.alg))) throw new Failure("unusable-key");
  if (!isText(jwk.x) || !/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(jwk.x)) throw new Failure("unusable-key");
  return usable(fromBase64(jwk.x));
}

function usable(key) {
  if (key.length !== KEY_SIZE || !pointOf(key)) throw new Failure("unusable-key");
  return key;
}
