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
function painted() {
var begun = false;
function once() {
if (!begun) setTimeout(begin, 0);
begun = true;
}
setTimeout(once, document.hidden ? 0 : 3000);
try {
new PerformanceObserver(once).observe({type: "paint", buffered: true});
} catch (error) {
once();
}
}
if (document.readyState === "complete") painted();
else addEventListener("load", painted);
}());