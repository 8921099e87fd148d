// Opens the page of a private award with the key behind the # of its link. The key goes nowhere: it is not sent, not kept, and in no link.
(function () {
  "use strict";
  var sealed = document.getElementById("sealed"), closed = document.getElementById("closed"), key = location.hash.slice(1);

  function opened(text) {
    var made = new DOMParser().parseFromString(text, "text/html"), there = new Set();
    document.querySelectorAll("link[rel=stylesheet]").forEach(function (one) { there.add(one.getAttribute("href")); });
    made.querySelectorAll("link[rel=stylesheet]").forEach(function (one) {
      if (!there.has(one.getAttribute("href"))) document.head.append(document.adoptNode(one));
    });
    document.title = made.title;
    document.documentElement.className = made.documentElement.className;
    document.querySelector("main").replaceWith(document.adoptNode(made.querySelector("main")));
    document.body.append(document.adoptNode(made.getElementById("credential")));
    sealed.remove();
    var dates = document.querySelector("script[src*='/today.']"), again = document.createElement("script");
    if (dates) {
      again.src = dates.src;
      document.head.append(again);
    }
  }
  function save(button) {
    var link = document.createElement("a"), text = document.getElementById("credential").textContent;
    link.href = URL.createObjectURL(new Blob([text], {type: "application/json"}));
    link.download = button.dataset.save;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  if (/^[A-Za-z0-9_-]{20,}$/.test(key)) {
    var text = blazonUnseal(key, JSON.parse(sealed.textContent), closed.dataset.address);
    if (text === null) document.getElementById("wrong").hidden = false; else opened(text);
  }
  addEventListener("hashchange", function () { if (closed.isConnected) location.reload(); });
  // A link within the page would take the key out of the address.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']"), button = event.target.closest("[data-save]");
    if (button) save(button);
    var target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.tabIndex = -1;
    target.focus();
  });
}());
