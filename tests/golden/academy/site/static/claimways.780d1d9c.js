var blazonWays = (function () {
"use strict";
var LONGEST = 4000, MAILED = 1800;  // characters of an address, and of the text in one that writes a mail
function byId(id) { return document.getElementById(id); }
function query(values) {
return Object.keys(values).map(function (name) { return name + "=" + encodeURIComponent(values[name]); }).join("&");
}
function host(told, claim, text) {
var gitlab = told.host === "gitlab", start = told["new"] + "?" + query(gitlab ? { file_name: claim.path } : { filename: claim.path });
var more = told.host === "github" ? "&quick_pull=1" : "", whole = start + "&" + query({ value: text }) + more;
var pasted = gitlab || whole.length > LONGEST;
byId("c-short").hidden = pasted;
byId("c-long").hidden = !pasted;
byId("c-go").href = pasted ? start + more : whole;
byId("c-paste").href = start + more;
}
function issue(told, claim) {
var values = { badge: claim.badge, name: claim.name, earner: claim.earner }, all, short;
var more = { did: claim.did, start: claim.start, end: claim.end, evidence: claim.evidence.map(function (one) {
return "- " + one.title + (one.hidden ? " (private)" : "") + ": " + [one.url, one.text].filter(Boolean).join("\n");
}).join("\n"), prior_learning: claim.prior, waiver: claim.waiver };
Object.keys(more).forEach(function (name) { if (!more[name]) delete more[name]; });
all = told.issue + "&" + query(Object.assign({}, values, more));
short = all.length <= LONGEST;
byId("c-issue").href = short ? all : told.issue + "&" + query(values);
byId("c-issue-long").hidden = short;
}
function mail(told, claim, text) {
var body = query({ body: text.replace(/\n/g, "\r\n") }), fits = body.length <= MAILED;
byId("c-mail").href = "mailto:" + told.mail + "?" + query({ subject: told.texts.subject + " " + claim.badge }) + (fits ? "&" + body : "");
byId("c-attach").hidden = fits;
}
function save(claim, text) {
var link = byId("c-save");
if (link.href) URL.revokeObjectURL(link.href);
link.href = URL.createObjectURL(new Blob([text], { type: "text/yaml" }));
link.download = claim.earner + "-" + claim.badge + ".yaml";
}
return function (told, claim, text) {
if (told.host) host(told, claim, text);
if (told.issue) issue(told, claim);
save(claim, text);
if (told.mail) mail(told, claim, text);
};
}());