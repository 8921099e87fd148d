(function () {
"use strict";
var box = document.getElementById("search");
if (!box) return;
var field = box.querySelector("input");
var asked = new URLSearchParams(location.search);
box.hidden = false;
if (box.dataset.go) {
var go = function () {
location.href = box.dataset.go + "?q=" + encodeURIComponent(field.value.trim());
};
box.querySelector("button").addEventListener("click", go);
field.addEventListener("keydown", function (event) { if (event.key === "Enter") go(); });
return;
}
function plain(text) {
return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
var cards = Array.from(document.querySelectorAll(".card[data-kind]"), function (card) {
return { card: card, text: plain(card.textContent + " " + card.dataset.words) };
});
var links = Array.from(document.querySelectorAll("a[data-filter]"));
var status = document.querySelector("[role=status]");
var all = document.getElementById("all");
var first = status.textContent;
var own = links[0].hasAttribute("aria-current");  // only the whole catalogue has every card to filter
var chosen = { name: "", tag: "" };
var wait;
function fits(card) {
return !chosen.name || (" " + card.dataset[chosen.name] + " ").indexOf(" " + chosen.tag + " ") >= 0;
}
function say(count, words) {
var text = box.dataset.shown.replace("{count}", count).replace("{total}", cards.length);
if (!count) text = words ? box.dataset.none.replace("{words}", function () { return words; }) : text;
if (count === cards.length) text = first;
if (status.textContent !== text) status.textContent = text;
}
function show() {
var words = field.value.trim();
var parts = plain(words).split(/\s+/);
var count = 0;
cards.forEach(function (one) {
var seen = fits(one.card) && parts.every(function (part) { return one.text.indexOf(part) >= 0; });
one.card.hidden = !seen;
count += seen;
});
document.querySelectorAll("main section").forEach(function (section) {
section.hidden = !section.querySelector(".card:not([hidden])");
});
if (own) links.forEach(function (link) {
var here = link.dataset.filter === chosen.name && (link.dataset.tag || "") === chosen.tag;
if (here) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
});
all.hidden = count > 0;
clearTimeout(wait);
wait = setTimeout(say, 300, count, words);
var query = new URLSearchParams();
if (own && chosen.name) query.set(chosen.name, chosen.tag);
if (words) query.set("q", words);
query = query.toString();
try {
history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
} catch (refused) { /* some browsers keep the address of a file as it is */ }
}
field.addEventListener("input", show);
all.firstElementChild.addEventListener("click", function () {
field.value = "";
if (own) chosen = { name: "", tag: "" };
show();
field.focus();
});
if (own) links.forEach(function (link) {
link.addEventListener("click", function (event) {
if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
event.preventDefault();
chosen = { name: link.dataset.filter, tag: link.dataset.tag || "" };
show();
});
if (link.dataset.filter && asked.get(link.dataset.filter) === link.dataset.tag) {
chosen = { name: link.dataset.filter, tag: link.dataset.tag };
link.closest("details").open = true;
}
});
field.value = asked.get("q") || "";
if (field.value || chosen.name) show();
}());