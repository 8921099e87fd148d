// The form of the claim page: it writes the file of a claim and leads on with it. It sends nothing and keeps nothing.
(function () {
  "use strict";
  var own = document.currentScript.dataset, box = byId("claimer");
  if (!box) return;
  var told = JSON.parse(byId("claim-data").textContent), made = byId("made"), status = byId("c-status");
  var drawn = {}, pieces = [], wrong = [], typed = false;

  function byId(id) { return document.getElementById(id); }
  function say(fault) {
    var parts = fault.split(" ");
    return told.texts[parts[0]].replace("{most}", parts[1]);
  }
  function value(field) { return field.value.normalize("NFC").replace(/\r\n?/g, "\n").trim(); }
  function part(name) { return value(byId("c-" + name)); }

  // What is wrong with a field stands below it, or nothing does.
  function hold(field, fault) {
    var place = byId(field.id + "-wrong");
    place.textContent = fault ? say(fault) : "";
    place.hidden = !fault;
    if (fault) {
      field.setAttribute("aria-invalid", "true");
      wrong.push(field);
    } else {
      field.removeAttribute("aria-invalid");
    }
  }
  function held(name, rule, needed) {
    var field = byId("c-" + name), text = value(field);
    hold(field, text ? rule(text) : needed ? "empty" : "");
    return text;
  }

  // One group of fields for each thing that the chosen badge asks for.
  function chosen() {
    var badge = told.badges[byId("c-badge").value], list = byId("c-list");
    pieces = [];
    list.replaceChildren();
    (badge ? badge.evidence : []).forEach(function (row, number) {
      var piece = byId("c-piece").content.cloneNode(true), fields = piece.querySelectorAll("input, textarea");
      var hint = piece.querySelector("p.hint");
      piece.querySelector("bdi").textContent = row[0];
      piece.querySelector("legend span").hidden = row[3];
      hint.textContent = row[1];
      hint.hidden = !row[1];
      hint.id = "c-piece-" + number;
      fields.forEach(function (field, place) { field.id = hint.id + "-" + place; });
      piece.querySelectorAll(".wrong").forEach(function (one, place) { one.id = fields[place].id + "-wrong"; });
      fields[0].setAttribute("aria-describedby", hint.id + " " + fields[0].id + "-wrong");
      fields[1].setAttribute("aria-describedby", fields[1].id + "-wrong");
      pieces.push({ row: row, url: fields[0], text: fields[1], hidden: fields[2] });
      list.append(piece);
    });
    byId("c-evidence").hidden = !pieces.length;
    byId("c-before").hidden = !badge || !badge.before.length;
    byId("c-needed").textContent = badge ? badge.before.join(", ") : "";
  }
  function showed(file) {
    return pieces.map(function (one) {
      var url = value(one.url), text = value(one.text), none = !url && !text;
      hold(one.url, url ? file.address(url) : none && (one.row[3] || one.hidden.checked) ? "piece" : "");
      hold(one.text, text && file.words(text));
      return !none && { title: one.row[0], setting: one.row[2], url: url, text: text, hidden: one.hidden.checked };
    }).filter(Boolean);
  }

  function dated(name) { return byId("c-" + name).validity.valid && /^$|^\d{4}-\d\d-\d\d$/.test(part(name)); }

  // The claim that the fields make; `wrong` are those that need another look.
  function read(file) {
    wrong = [];
    var select = byId("c-badge"), badge = told.badges[select.value], claim = { badge: select.value, version: badge && badge.version };
    hold(select, badge ? "" : "empty");
    claim.name = held("name", file.name, true);
    claim.earner = held("earner", function (text) { return file.folder(text, told.reserved); }, true);
    claim.did = held("did", file.words, badge && badge.told);
    claim.start = part("start");
    claim.end = part("end");
    hold(byId("c-start"), dated("start") ? "" : "date");
    hold(byId("c-end"), !dated("end") ? "date" : claim.start && claim.end && claim.end < claim.start ? "order" : "");
    claim.evidence = showed(file);
    claim.prior = badge && badge.before.length ? held("prior", file.line) : "";
    claim.waiver = badge && badge.before.length ? held("waiver", file.line) : "";
    hold(byId("c-consent"), byId("c-consent").checked ? "" : "consent");
    claim.path = "content/earners/" + claim.earner + "/" + claim.badge + ".yaml";
    return claim;
  }

  function start() {
    var file = blazonClaim, asked = new URLSearchParams(location.search).get("badge"), select = byId("c-badge");
    select.value = asked;
    if (select.selectedIndex < 0) select.value = "";
    chosen();
    select.addEventListener("change", chosen);
    byId("c-earner").addEventListener("input", function () { typed = true; });
    byId("c-name").addEventListener("change", function () {
      if (!typed && part("name")) byId("c-earner").value = file.slug(part("name"), told.reserved);
    });
    byId("form").addEventListener("input", function () { made.hidden = true; });
    byId("c-make").addEventListener("click", function () {
      var claim = read(file), text;
      made.hidden = wrong.length > 0;
      if (wrong.length) {
        status.textContent = told.texts.again;
        wrong[0].focus();
        return;
      }
      status.textContent = "";
      text = file.write(Object.assign(claim, drawn[claim.path] = drawn[claim.path] || file.draw(told.first)));
      byId("c-path").textContent = claim.path;
      byId("c-file").textContent = text;
      blazonWays(told, claim, text);
      made.querySelector("h2").focus();
    });
    box.querySelectorAll("[data-copies]").forEach(function (button) {
      var source = byId(button.dataset.copies);
      button.addEventListener("click", function () {
        function by_hand() { window.getSelection().selectAllChildren(source); }
        byId("c-copied").textContent = "";
        if (!navigator.clipboard) return by_hand();
        navigator.clipboard.writeText(source.textContent).then(function () { byId("c-copied").textContent = told.texts.copied; }, by_hand);
      });
    });
    byId("c-print").addEventListener("click", function () { window.print(); });
    box.hidden = false;
    if (asked && location.hash === "#for-" + asked) box.scrollIntoView();
  }
  // The rules and the ways come once the page is there.
  function fetched(address) {
    return new Promise(function (done, fail) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = fail;
      document.head.append(script);
    });
  }
  function begin() {
    Promise.all([own.file, own.ways].map(fetched)).then(start, function () {});  // without them the page stays as it was built
  }
  if (document.readyState === "complete") begin(); else addEventListener("load", begin);
}());
