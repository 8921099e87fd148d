(function () {
"use strict";
var status = document.createElement("p");
status.className = "hint";
status.setAttribute("role", "status");
function button(words, press) {
var made = document.createElement("button");
made.type = "button";
made.className = "button ghost";
made.textContent = words;
made.addEventListener("click", press);
return made;
}
function copied(source) {
var text = source.textContent;
if (source.dataset.rich === undefined || !window.ClipboardItem) return navigator.clipboard.writeText(text);
function blob(type) { return new Blob([text], { type: type }); }
return navigator.clipboard.write([new ClipboardItem({ "text/html": blob("text/html"), "text/plain": blob("text/plain") })]);
}
if (navigator.share) {
document.querySelectorAll("[data-share]").forEach(function (source) {
source.after(button(source.dataset.share, function () {
navigator.share({ title: document.title, url: source.textContent }).catch(function () {});
}));
});
}
if (navigator.clipboard) {
document.querySelectorAll("[data-copy]").forEach(function (source) {
var words = source.dataset.copy, made = button(words, function () {
copied(source).then(function () {
made.after(status);
status.textContent = source.closest("[data-copied]").dataset.copied;
}, function () {
window.getSelection().selectAllChildren(source);
});
});
if (source.dataset.name) made.setAttribute("aria-label", source.dataset.name);
source.after(made, " ");
});
}
}());