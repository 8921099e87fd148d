// Lighthouse on pages as a phone on a slow network gets them: `node lighthouse.mjs CHROMIUM ROUNDS ADDRESS…`.
//
// Each line of the output is one JSON object {address, scores, figures, failed}: the median score of each category in hundredths, the
// largest paint in ms and the shift of the rounds' median, and the audits that cost something, by category.

import { createRequire } from "node:module";
import lighthouse from "lighthouse";

const { launch } = await import(createRequire(import.meta.resolve("lighthouse")).resolve("chrome-launcher"));
const [chromium, rounds, ...addresses] = process.argv.slice(2);
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];
const median = (numbers) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

for (const address of addresses) {
  const results = [];
  for (let round = 0; round < Number(rounds); round++) {
    const browser = await launch({ chromePath: chromium, chromeFlags: FLAGS, logLevel: "silent" });
    try {
      results.push((await lighthouse(address, { port: browser.port, logLevel: "silent" })).lhr);
    } finally {
      browser.kill();
    }
  }
  const of = (read) => median(results.map(read));
  const { categories, audits } = results[0];
  const scores = Object.fromEntries(Object.keys(categories).map((name) => [name, Math.round(100 * of((one) => one.categories[name].score))]));
  const failed = Object.values(categories).flatMap(({ id, auditRefs }) =>
    auditRefs.filter((one) => one.weight && audits[one.id].score !== null && audits[one.id].score < 0.9).map((one) => `${id}: ${one.id}: ${audits[one.id].title}`));
  const figures = { paint: Math.round(of((one) => one.audits["largest-contentful-paint"].numericValue)), shift: of((one) => one.audits["cumulative-layout-shift"].numericValue) };
  process.stdout.write(`${JSON.stringify({ address, scores, figures, failed })}\n`);
}
