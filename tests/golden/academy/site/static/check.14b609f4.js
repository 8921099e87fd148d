(function () {
"use strict";
var own = document.querySelector("script[data-verifier]").dataset, texts = blazonTexts, issuer = blazonIssuer;
var root = new URL(".", new URL(own.home, location.href)); // where this copy of the site begins
var disk = location.protocol === "file:";
var LARGEST = 8 * 1024 * 1024;
var TONES = {valid: "ok", expiring: "late", "not-yet": "late", expired: "late", incomplete: "late", "unknown-issuer": "late", unreachable: "late",
disk: "late", copy: "late", unsure: "late", "unknown-form": "late", failure: "late", checking: "info", recorded: "info", demo: "info"};
var RING = "M21 12a9 9 0 1 1-18 0 9 9 0 1 1 18 0";
var ICONS = {ok: "M8 12.4l2.8 2.8 5.3-5.6", late: "M12 7v5.2l3.6 2.1", bad: "M5.7 5.7 18.3 18.3", info: "M12 11.5v5M12 7.6v.1"};
var NEUTRAL = ["valid", "expiring", "unreachable", "unsure"]; // what a copy, a file or a demo may not say, nor anybody about others
var TOLD = ["altered", "expired", "not-yet", "other-picture"]; // findings that the words of their state tell already
function look(address) {
if (!address.startsWith(issuer.base)) return Promise.resolve(null);
if (disk) return Promise.resolve(address === issuer.document ? new TextEncoder().encode(issuer.keys) : null);
return fetched(address.slice(issuer.base.length));
}
function fetched(path) {
var url = new URL(path, root);
if (!url.href.startsWith(root.href)) return Promise.resolve(null);
return fetch(url, {cache: "no-cache", credentials: "omit", redirect: "error"}).then(function (answer) {
return answer.ok ? answer.arrayBuffer() : null;
}).then(function (data) {
return data && data.byteLength <= LARGEST ? new Uint8Array(data) : null;
}).catch(function () { return null; });
}
function say(key, values) {
var pattern = texts[key];
if (pattern === undefined && values && "count" in values) {
pattern = texts[key + "." + new Intl.PluralRules(document.documentElement.lang).select(values.count)] || texts[key + ".other"];
}
if (pattern === undefined) return key;
return pattern.replace(/\{(\w+)\}/g, function (gap, name) { return values && name in values ? values[name] : gap; });
}
function day(time) {
var date = new Date(time);
return say("date.day", {day: date.getUTCDate(), month: texts["date.months." + (date.getUTCMonth() + 1)], year: date.getUTCFullYear()});
}
function apart(text) {
return "\u2068" + text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ").slice(0, 200) + "\u2069";
}
function sentence(one) {
var values = {};
Object.keys(one.values).forEach(function (name) {
var value = one.values[name];
values[name] = typeof value === "number" ? day(value) : value && value.key ? sentence(value) : apart(String(value));
});
return say("verdict.found." + one.key, values);
}
function element(name, text, look) {
var made = document.createElement(name);
if (look) made.className = look;
if (text !== undefined) made.textContent = text;
return made;
}
function icon(tone) {
var ns = "http://www.w3.org/2000/svg", drawn = document.createElementNS(ns, "svg"), line = document.createElementNS(ns, "path");
drawn.setAttribute("class", "icon");
drawn.setAttribute("viewBox", "0 0 24 24");
drawn.setAttribute("aria-hidden", "true");
line.setAttribute("d", RING + ICONS[tone]);
drawn.append(line);
return drawn;
}
function link(address) {
var made = element("a", address);
made.href = address;
made.dir = "ltr";
return made;
}
function worded(found) {
var said = found.said, state = found.state, values = {
issuer: apart(said && (said.identity === issuer.identity && said.issuer || said.identity) || "—"),
name: apart(said && said.name || say("verdict.nobody")),
issued: said && said.issued !== null ? day(said.issued) : "—",
begins: said && said.begins !== null ? day(said.begins) : "—",
expires: said && said.expires !== null ? day(said.expires) : "—",
time: new Intl.DateTimeFormat(document.documentElement.lang, {hour: "2-digit", minute: "2-digit", numberingSystem: "latn"}).format(new Date()),
why: found.why ? sentence(found.why) : "",
address: "\u2066" + (said && said.id.startsWith(issuer.base) ? said.id.replace(/credential\.json$/, "") : issuer.base) + "\u2069",
};
if (said && said.expires !== null) values.count = Math.max(1, Math.ceil((said.expires - Date.now()) / 86400000));
return {headline: say("verdict.state." + state, values), text: say("verdict.state." + state + "_text", values), why: values.why};
}
function details(found) {
var list = element("dl", undefined, "checks"), good = 0, box = element("details"), facts = element("dl", undefined, "facts");
found.outcomes.forEach(function (one) {
var row = element("div"), step = element("dt", say("verdict.step." + one.step) + ": ");
step.append(element("span", say("verdict." + one.verdict), "verdict " + one.verdict));
row.append(step, element("dd", sentence(one)));
list.append(row);
good += one.verdict === "passed";
});
box.append(element("summary", say("verdict.checked", {passed: good, count: found.outcomes.length})), list);
if (!found.said) return box;
var said = found.said, told = [["badge", said.badge], ["name", said.name], ["issuer", said.issuer], ["identity", said.identity],
["issued", said.issued === null ? "" : day(said.issued)], ["expires", said.expires === null ? "" : day(said.expires)],
["key", said.keys.join(" ")]];
told.forEach(function (pair) {
if (!pair[1]) return;
var told = element("dd");
told.append(element("bdi", pair[1].slice(0, 300)));
facts.append(element("dt", say("verdict." + pair[0])), told);
});
box.append(element("h3", say("verdict.signed")), facts);
return box;
}
function band(found, heading) {
var tone = TONES[found.state] || "bad", made = element("div", undefined, "band checked " + tone), inside = element("div");
var words = worded(found), head = element(heading, words.headline);
head.tabIndex = -1;
inside.append(head, element("p", words.text));
if (found.why && TOLD.indexOf(found.why.key) < 0 && words.text.indexOf(words.why) < 0) inside.append(element("p", words.why));
if (found.state === "copy" || found.state === "disk") {
var there = element("p");
there.append(link(found.said && found.said.id.startsWith(issuer.base) ? found.said.id.replace(/credential\.json$/, "") : issuer.base));
inside.append(there);
}
if (found.outcomes.length) inside.append(details(found));
made.append(icon(tone), inside);
made.dataset.state = found.state;
return made;
}
function placed(found) {
if (NEUTRAL.indexOf(found.state) < 0) return found;
var state = disk ? "disk" : root.href !== issuer.base ? "copy" : "demo" in own && /^(valid|expiring)$/.test(found.state) ? "demo" : "";
return state ? {state: state, why: disk ? null : found.why, outcomes: found.outcomes, said: found.said} : found;
}
function known(found) {
if (!found.said || found.said.identity === issuer.identity || NEUTRAL.indexOf(found.state) < 0) return found;
return {state: "unknown-issuer", why: found.why, outcomes: found.outcomes, said: found.said};
}
function judged(data) {
return blazon.check(data, look, Date.now()).then(known).then(placed);
}
function bare(state) {
return {state: state, why: null, outcomes: [], said: null};
}
function here(said) {
var path = decodeURI(location.pathname).slice(decodeURI(root.pathname).length).replace(/index\.html$/, "");
var shown = document.querySelector("h1").textContent.trim().replace(/\s+/g, " ");
return said.id === issuer.base + path + "credential.json" && shown === said.badge.trim().replace(/\s+/g, " ");
}
function checkPage(bands, block) {
var recorded = Array.from(bands.querySelectorAll("[data-told]"), function (one) { return one.dataset.told; });
var start = bands.querySelector(".band.info");
bands.setAttribute("role", "status");
function put(found) {
var made = band(found, "strong"), old = bands.querySelector(".checked") || start;
if (old) old.replaceWith(made); else bands.append(made);
var again = element("button", say("verdict.again"), "button ghost");
again.type = "button";
again.addEventListener("click", function () { run().then(function (band) { band.querySelector("strong").focus(); }); });
made.lastChild.append(again);
return made;
}
function run() {
return judged(new TextEncoder().encode(block.textContent)).then(function (found) {
if (found.said && !here(found.said)) found.state = "another";
else if (recorded.length && (["valid", "expiring", "demo"].indexOf(found.state) >= 0 || recorded.indexOf(found.state) >= 0)) {
found = {state: "recorded", why: null, outcomes: found.outcomes, said: found.said};
}
return put(found);
}).catch(function () { return put(bare("failure")); });
}
run();
}
function verifyPage(tool) {
var file = tool.querySelector("[type=file]"), typed = tool.querySelector("[name=link]"), result = document.getElementById("result");
tool.hidden = false;
function show(work) {
result.textContent = "";
result.append(band(bare("checking"), "h3"));
Promise.resolve().then(work).catch(function () { return bare("failure"); }).then(function (found) {
var made = typeof found === "string" ? element("p", found) : band(found, "h3"), head = made.querySelector("h3") || made;
result.textContent = "";
result.append(made);
if (found.said && found.said.hashes.length) result.append(recipient(found.said));
head.tabIndex = -1;
head.focus();
});
}
function recipient(said) {
var box = document.getElementById("recipient").content.cloneNode(true), field = box.querySelector("input"), answer = box.querySelector("output");
box.querySelector("button").addEventListener("click", function () {
answer.textContent = blazon.belongsTo(said, field.value) ? answer.dataset.yes : answer.dataset.no;
});
return box;
}
function chosen(one) {
if (!one) return;
show(function () {
if (one.size > LARGEST) return bare("unreadable");
return one.arrayBuffer().then(function (data) { return judged(new Uint8Array(data)); });
});
}
function asked(address) {
show(function () {
var url, path;
try {
url = new URL(address, issuer.base).href.replace(/[?#].*$/, "");
} catch (error) {
return tool.dataset.elsewhere;
}
if (url.startsWith(issuer.base)) path = url.slice(issuer.base.length);
else if (url.startsWith(root.href)) path = url.slice(root.href.length);
else return tool.dataset.elsewhere;
if (/\/$/.test(path) || /\/index\.html$/.test(path)) path = path.replace(/(index\.html)?$/, "credential.json");
return fetched(path).then(function (data) { return data ? judged(data) : tool.dataset.nothing; });
});
}
file.addEventListener("change", function () { chosen(file.files[0]); });
tool.querySelector("button").addEventListener("click", function () { if (typed.value.trim()) asked(typed.value.trim()); });
typed.addEventListener("keydown", function (event) { if (event.key === "Enter" && typed.value.trim()) asked(typed.value.trim()); });
tool.addEventListener("dragover", function (event) { event.preventDefault(); });
tool.addEventListener("drop", function (event) {
event.preventDefault();
chosen(event.dataTransfer.files[0]);
});
var award = new URLSearchParams(location.search).get("award");
if (award && /^[a-z0-9-]{1,80}$/.test(award)) asked(issuer.base + "awards/" + award + "/");
}
var bands = document.getElementById("standing"), block = document.getElementById("credential"), tool = document.getElementById("checker");
if (tool) verifyPage(tool);
if (bands && block) checkPage(bands, block);
}());