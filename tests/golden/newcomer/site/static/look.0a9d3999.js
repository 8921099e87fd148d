(function () {
"use strict";
var root = document.documentElement;
var box = document.getElementById("look");
var field = box.querySelector("select");
function show(choice) {
field.value = choice === "light" || choice === "dark" ? choice : "";
if (field.value) root.dataset.theme = field.value; else delete root.dataset.theme;
}
function kept() {
try { return localStorage.getItem("look"); } catch (refused) { return ""; }
}
show(kept());
box.hidden = false;
field.addEventListener("change", function () {
show(field.value);
try {
if (field.value) localStorage.setItem("look", field.value); else localStorage.removeItem("look");
} catch (refused) { /* then the choice lasts as long as the page */ }
});
window.addEventListener("storage", function () { show(kept()); });
window.addEventListener("pageshow", function () { show(kept()); });
}());