// Whether pages are HTML: `node validity.mjs ORDER.json`, a line of JSON {site, page, check, rule, where, said} for each mistake.
//
// The recommended rules of html-validate, but for matters of taste that say nothing about what a browser makes of a page.

import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

const TASTE = {
  "aria-label-misuse": ["error", { allowAnyNamable: true }], // a list may have a name
  "doctype-style": "off", // lower case, as browsers write it
  "long-title": "off", // a badge, a name and a program are as long as they are
  "no-trailing-whitespace": "off", // templates leave some
  "prefer-native-element": ["error", { exclude: ["region"] }], // a table that scrolls is a region, and no section of the text
  "void-style": "off", // inside SVG a tag may end itself
};
const validator = new HtmlValidate({ extends: ["html-validate:recommended"], rules: TASTE });

const order = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const { site, path, file } of order.pages) {
  const report = await validator.validateString(readFileSync(file, "utf8"), file);
  for (const { messages } of report.results) {
    for (const { ruleId, selector, line, message } of messages) {
      process.stdout.write(`${JSON.stringify({ site, page: path, check: "html", rule: ruleId, where: selector ?? `line ${line}`, said: message })}\n`);
    }
  }
}
