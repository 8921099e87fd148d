(function () {
"use strict";
var now = Date.now();
function change(name, over, words) {
document.querySelectorAll("[data-" + name + "]").forEach(function (part) {
if (!over(Date.parse(part.dataset[name]))) return;
part.classList.remove("info");
part.classList.add(part.dataset.tone || "late");
[part].concat(Array.from(part.querySelectorAll("[data-" + words + "]"))).forEach(function (one) {
if (one.dataset[words]) one.textContent = one.dataset[words];
});
});
}
change("starts", function (time) { return time > now; }, "before");
change("expires", function (time) { return time <= now; }, "then");
}());