(function () {
"use strict";
var told = document.getElementById("bake"), texts = told.dataset, status = document.createElement("p");
status.className = "hint";
status.setAttribute("role", "status");
function fetched(address, read) {
return fetch(address, {cache: "no-cache", credentials: "omit", redirect: "error"}).then(function (answer) {
if (!answer.ok) throw new Error(String(answer.status));
return answer[read]();
});
}
function verifier() {
return new Promise(function (done, fail) {
if (globalThis.blazon) return done();
var script = document.createElement("script");
script.src = document.querySelector("script[data-verifier]").dataset.verifier;
script.onload = done;
script.onerror = fail;
document.head.append(script);
});
}
function save(data, type, name) {
var link = document.createElement("a");
link.href = URL.createObjectURL(new Blob([data], {type: type}));
link.download = name;
link.click();
setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
}
function bake(picture, type, name) {
status.textContent = "";
Promise.all([fetched(picture, "arrayBuffer"), fetched(texts.assertion, "text"), verifier()]).then(function (found) {
save(blazon.bake(new Uint8Array(found[0]), document.getElementById("credential").textContent, found[1]), type, name);
status.textContent = texts.made;
}).catch(function () { status.textContent = texts.failed; });
}
told.before(status);
if (location.protocol === "file:") {
status.textContent = texts.disk;
return;
}
var row = document.createElement("p");
row.className = "row";
function button(words, picture, type, name) {
var made = document.createElement("button");
made.type = "button";
made.className = "button ghost";
made.textContent = words;
made.addEventListener("click", function () { bake(picture, type, name); });
row.append(made, " ");
}
button(texts.savePng, texts.png, "image/png", texts.name + ".png");
button(texts.saveSvg, texts.svg, "image/svg+xml", texts.name + ".svg");
status.before(row);
}());