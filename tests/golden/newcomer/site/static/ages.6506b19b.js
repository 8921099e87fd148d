(function () {
"use strict";
var language = document.documentElement.lang;
document.querySelectorAll("[data-age] time").forEach(function (one) {
var days = Math.floor((Date.now() - Date.parse(one.dateTime)) / 86400000);
if (days > 0) one.after(" (" + new Intl.RelativeTimeFormat(language).format(-days, "day") + ")");
});
}());