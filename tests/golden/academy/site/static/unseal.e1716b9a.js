(function () {
"use strict";
var PRIME = (1n << 130n) - 5n, CLAMP = 0x0ffffffc0ffffffc0ffffffc0fffffffn, ROUND = 1n << 128n;
function bytes(text) {
var plain = text.trim().replace(/-/g, "+").replace(/_/g, "/");
if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return null;
try {
return Uint8Array.from(atob(plain), function (one) { return one.charCodeAt(0); });
} catch (error) {
return null;
}
}
function words(data) {
var found = [], view = new DataView(data.buffer, data.byteOffset, data.length);
for (var at = 0; at < data.length; at += 4) found.push(view.getUint32(at, true));
return found;
}
function turn(s, a, b, c, d) {
s[a] += s[b]; s[d] ^= s[a]; s[d] = s[d] << 16 | s[d] >>> 16;
s[c] += s[d]; s[b] ^= s[c]; s[b] = s[b] << 12 | s[b] >>> 20;
s[a] += s[b]; s[d] ^= s[a]; s[d] = s[d] << 8 | s[d] >>> 24;
s[c] += s[d]; s[b] ^= s[c]; s[b] = s[b] << 7 | s[b] >>> 25;
}
function rounds(key, rest) {
var s = Uint32Array.from([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574].concat(key, rest));
for (var i = 0; i < 10; i++) {
turn(s, 0, 4, 8, 12); turn(s, 1, 5, 9, 13); turn(s, 2, 6, 10, 14); turn(s, 3, 7, 11, 15);
turn(s, 0, 5, 10, 15); turn(s, 1, 6, 11, 12); turn(s, 2, 7, 8, 13); turn(s, 3, 4, 9, 14);
}
return s;
}
function block(key, counter, nonce) {
var rest = [counter].concat(nonce), s = rounds(key, rest);
var first = Uint32Array.from([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574].concat(key, rest)), view = new DataView(new ArrayBuffer(64));
for (var i = 0; i < 16; i++) view.setUint32(4 * i, s[i] + first[i], true);
return new Uint8Array(view.buffer);
}
function number(data, from, to) {
var found = 0n;
for (var at = to - 1; at >= from; at--) found = found << 8n | BigInt(data[at]);
return found;
}
function tag(once, data) {
var r = number(once, 0, 16) & CLAMP, sum = 0n;
for (var at = 0; at < data.length; at += 16) sum = (sum + number(data, at, at + 16) + ROUND) * r % PRIME;
return (sum + number(once, 16, 32)) % ROUND;
}
function padded(size) { return size + 15 & ~15; }
function authenticated(named, box) {
var after = padded(named.length), data = new Uint8Array(after + padded(box.length) + 16), view = new DataView(data.buffer);
data.set(named);
data.set(box, after);
view.setUint32(data.length - 16, named.length, true);
view.setUint32(data.length - 8, box.length, true);
return data;
}
globalThis.blazonUnseal = function (secret, sealed, address) {
var key = bytes(secret), data = bytes(sealed), named = new TextEncoder().encode(address);
if (!key || key.length !== 32 || !data || data.length < 40) return null;
var mixed = rounds(words(key), words(data.subarray(0, 16))), inner = [0, 1, 2, 3, 12, 13, 14, 15].map(function (i) { return mixed[i]; });
var nonce = [0].concat(words(data.subarray(16, 24))), box = data.subarray(24, data.length - 16);
if (tag(block(inner, 0, nonce), authenticated(named, box)) !== number(data, data.length - 16, data.length)) return null;
var text = new Uint8Array(box.length);
for (var at = 0; at < box.length; at += 64) {
var stream = block(inner, 1 + at / 64, nonce);
for (var i = 0; i < 64 && at + i < box.length; i++) text[at + i] = box[at + i] ^ stream[i];
}
try {
return new TextDecoder("utf-8", {fatal: true}).decode(text);
} catch (error) {
return null;
}
};
}());