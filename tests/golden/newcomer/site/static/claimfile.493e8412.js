// What a claim may hold, and the file that it becomes: the rules of `blazon check` for one file, and its lines. claim.js loads it.
// A rule answers "" or what is wrong: the name of a text, and after a space the number in it.
var blazonClaim = (function () {
  "use strict";
  var BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  var SPELLED = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i" };
  // Characters that nobody can see, in names and in texts; joiners may stand between letters of scripts that need them.
  var UNSEEN = /[\p{C}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/u;
  var HIDDEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc\u{e0000}-\u{e007f}\p{NChar}\p{Cs}]/u;
  var JOINERS = /(?<=[^\0-\x7f])[\u200c\u200d](?=[^\0-\x7f])/gu;
  var EMAIL = /[\p{L}\p{N}_.%+-]@[\p{L}\p{N}_][\p{L}\p{N}_-]*\.[\p{L}\p{N}_-]/u;
  var SCRIPTS = ["Latin", "Greek", "Cyrillic", "Arabic", "Hebrew", "Armenian", "Georgian", "Devanagari", "Bengali", "Tamil", "Thai"].map(function (name) {
    return new RegExp("(?=\\p{L})\\p{Script=" + name + "}", "u");
  }).concat(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u);
  var LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", END = "(?:[/?#:]|$)";
  var PART = "(?:[a-z0-9._~:@!$'()*+,;=-]|&(?!#|[a-z0-9]+;)|%[0-9a-f]{2}";
  var HTTPS = new RegExp("^https://(?=[^/?#:]{4,253}" + END + ")(?:" + LABEL + "\\.)+(?!(?:local|localhost|localdomain|internal)" + END +
    ")[a-z](?:[a-z0-9-]{0,61}[a-z0-9])(?::[1-9][0-9]{0,4})?(?:/" + PART + "|/)*(?:\\?" + PART + "|[/?])*)?(?:#" + PART + "|[/?])*)?)?$", "i");

  function long(text, most) { return Array.from(text).length > most ? "long " + most : ""; }
  function email(text) { return EMAIL.test(text) ? "email" : ""; }
  function mixed(text) {
    return text.split(/[^\p{L}\p{M}\p{N}]+/u).some(function (word) {
      return SCRIPTS.filter(function (script) { return script.test(word); }).length > 1;
    }) ? "mixed" : "";
  }
  function name(text) {
    return long(text, 200) || (UNSEEN.test(text.replace(JOINERS, "")) ? "hidden" : "") || (/\p{M}{4}/u.test(text) ? "marks" : "") || mixed(text) || email(text);
  }
  function line(text) { return long(text, 1000) || (HIDDEN.test(text) ? "hidden" : "") || email(text); }
  function words(text) {
    var fault = long(text, 16000) || (HIDDEN.test(text) ? "hidden" : "");
    text.split(/\n[ \t]*\n/).forEach(function (part) {
      fault = fault || (long(part, 4000) && "paragraph 4000") || (["[", "<", "`"].some(function (mark) { return part.split(mark).length > 201; }) ? "markup" : "");
    });
    return fault || (/!\[/.test(text) ? "image" : "") || links(text) || email(text);
  }
  function links(text) {
    return Array.from(text.matchAll(/\]\(\s*(?:<([^>\n]*)>|([^\s)]*))|^ {0,3}\[[^\]\n]+\]:[ \t]*\n?[ \t]*(?:<([^>\n]*)>|(\S*))/gm)).some(function (found) {
      return address(found[1] || found[2] || found[3] || found[4] || "");
    }) ? "link" : "";
  }
  function address(text) {
    return long(text, 2000) || (/^https:\/\//.test(text) ? HTTPS.test(text) ? "" : "address" : "https");
  }
  function folder(text, reserved) {
    return text.length > 64 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) || /^xn--/.test(text) ? "folder" : reserved.indexOf(text) < 0 ? "" : "reserved";
  }
  // The name of a folder from somebody's name: its plain letters, or where it has none a word drawn at random.
  function slug(text, reserved) {
    var plain = text.toLowerCase().replace(/[ßæœøłđðþı]/g, function (letter) { return SPELLED[letter]; });
    plain = plain.normalize("NFKD").replace(/[^\0-\x7f]|'/g, "").replace(/[^a-z0-9]+/g, "-").slice(0, 64).replace(/^-+|-+$/g, "");
    return folder(plain, reserved) ? "earner-" + base32(bytes(3)).slice(0, 4) : plain;
  }

  function bytes(count) { return crypto.getRandomValues(new Uint8Array(count)); }
  function base32(drawn) {
    var bits = Array.from(drawn, function (one) { return one.toString(2).padStart(8, "0"); }).join("");
    while (bits.length % 5) bits += "0";
    return bits.replace(/.{5}/g, function (five) { return BASE32[parseInt(five, 2)]; });
  }
  // An identity of 128 random bits, and one of the 131,072 places of a status list, all as likely.
  function draw(first) {
    var three = bytes(3);
    return { id: base32(bytes(16)), index: first + ((three[0] & 1) << 16 | three[1] << 8 | three[2]) };
  }

  function scalar(text) { return /^[a-z](?:[\w ,.()'-]*[\w.)])?$/i.test(text) ? text : JSON.stringify(text); }
  function block(text, indent) {
    return "|\n" + text.split("\n").map(function (one) { return one && indent + one; }).join("\n");
  }
  function write(claim) {
    var lines = ["# " + claim.path, "id: " + claim.id, "status_index: " + claim.index, "badge: " + claim.badge];
    if (claim.version) lines.push("version: " + claim.version);
    lines.push("name: " + scalar(claim.name));
    if (claim.did) lines.push("did: " + block(claim.did, "  "));
    if (claim.start || claim.end) lines.push("activity:");
    if (claim.start) lines.push("  start: " + claim.start);
    if (claim.end) lines.push("  end: " + claim.end);
    if (claim.evidence.length) lines.push("evidence:");
    claim.evidence.forEach(function (one) {
      lines.push("  - title: " + scalar(one.title));
      if (one.setting) lines.push("    setting: " + one.setting);
      if (one.url) lines.push("    url: " + scalar(one.url));
      if (one.text) lines.push("    text: " + block(one.text, "      "));
      if (one.hidden) lines.push("    private: true");
    });
    if (claim.prior) lines.push("prior_learning: " + scalar(claim.prior));
    if (claim.waiver) lines.push("waiver: " + scalar(claim.waiver));
    return lines.join("\n") + "\n";
  }
  return { name: name, line: line, words: words, address: address, folder: folder, slug: slug, draw: draw, write: write };
}());
