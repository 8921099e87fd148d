(function () {
"use strict";
var own = document.currentScript.dataset;
if (window.top !== window.self) return;
function fetched(address) {
return new Promise(function (done, fail) {
var part = document.createElement("script");
part.src = address;
part.onload = done;
part.onerror = fail;
document.head.append(part);
});
}
function begin() {
var style = document.createElement("link");
style.rel = "stylesheet";
style.href = own.style;
document.head.append(style);
Promise.all([own.verifier, own.texts, own.issuer].map(fetched)).then(function () { return fetched(own.check); })
.catch(function () {});  // without its parts the page stays as it was built: unchecked
}
if (document.readyState === "complete") begin();
else addEventListener("load", function () { setTimeout(begin, 0); });
}());