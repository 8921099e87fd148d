// Reads pages in Chromium, as people with a phone, a desktop, a dark room, no scripts, wide letters or a printer get them.
//
// node browser.mjs ORDER.json: the order names pages and limits; each line of the output is one JSON object, either a finding
// {site, page, check, rule, where, said} or the figures of one page {site, page, figures}.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { askedLater, clipped, cutOff, linesOf, shifted, sideways, withSpacing } from "./seen.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };
const QUIET = { viewport: PHONE, colorScheme: "light", reducedMotion: "reduce" }; // colours change at once
const PAPERS = ["A4", "Letter"];
const SLOW_FONT_MS = 150;
const HEARD = ["console", "pageerror", "request", "requestfailed", "response"];
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

const order = JSON.parse(readFileSync(process.argv[2], "utf8"));
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const browser = await chromium.launch({ executablePath: order.chromium, args: FLAGS });
const queue = [...order.pages];
try {
  await Promise.all(Array.from({ length: order.readers }, reader));
} finally {
  await browser.close();
}

// One reader takes page after page from the queue, with scripts and without.
async function reader() {
  const scripted = await browser.newContext(QUIET);
  const plain = await browser.newContext({ ...QUIET, javaScriptEnabled: false });
  await scripted.route("**/*.woff2", async (route) => {
    await sleep(SLOW_FONT_MS);
    await route.continue();
  });
  const tabs = [await scripted.newPage(), await plain.newPage()];
  for (let page = queue.shift(); page; page = queue.shift()) await read(page, ...tabs);
  await scripted.close();
  await plain.close();
}

// Everything about one page.
async function read(what, page, plain) {
  const find = (check, rule, where, said) => tell({ site: what.site, page: what.path, check, rule, where, said });
  try {
    await page.setViewportSize(PHONE);
    const weights = await open(page, what, find);
    tell({ site: what.site, page: what.path, figures: { weights, shift: await page.evaluate(shifted) } });
    const lines = await page.evaluate(linesOf);
    await page.evaluate(AXE);
    await axe(page, "phone light", find);
    if (what.full) await schemes(page, find);
    if (what.shots) await shoot(page, what.shots);
    if (what.sheets) await print(page, what.sheets, find);
    await narrow(page, find);
    for (const cookie of await page.context().cookies()) find("cookies", "cookie", cookie.name, "a cookie is set");
    if (await page.evaluate(() => document.cookie)) find("cookies", "cookie", "document", "a cookie is set by a script");
    await page.context().clearCookies();
    await compare(plain, what, lines, find);
  } catch (error) {
    find("console", "unreadable", "page", String(error).split("\n")[0]);
  } finally {
    for (const event of HEARD) page.removeAllListeners(event);
  }
}

// Open a page; what it asks for, says and weighs is noted.
async function open(page, what, find) {
  const weights = {};
  const origin = new URL(what.address).origin;
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    if (what.missing && message.location().url === what.address) return;
    find("console", message.type(), message.location().url, message.text());
  });
  page.on("pageerror", (error) => find("console", "exception", "script", error.message));
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith("data:") && new URL(address).origin !== origin) {
      find("requests", "outside", address, `${request.resourceType()} from another origin`);
    }
  });
  page.on("requestfailed", (request) => find("requests", "failed", request.url(), request.failure().errorText));
  const asked = [];
  page.on("response", (response) => {
    if (response.status() >= 400 && !(what.missing && response.url() === what.address)) {
      find("requests", `status-${response.status()}`, response.url(), response.request().resourceType());
    }
    asked.push(response.body().then((body) => {
      weights[response.url()] = { kind: response.request().resourceType(), bytes: body.length };
    }, () => {}));
  });
  await page.goto(what.address, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await Promise.all(asked);
  for (const address of await page.evaluate(askedLater)) delete weights[address];
  return Object.values(weights).filter(({ kind }) => kind !== "other"); // icons of tabs: some pages ask for them, some have them
}

// The rules of axe, in the size and scheme that the page has now.
async function axe(page, when, find, rules = STANDARDS) {
  const found = await page.evaluate(
    (only) => axe.run(document, { runOnly: only, resultTypes: ["violations"], preload: false }).then((results) => results.violations),
    rules,
  );
  for (const rule of found) {
    for (const node of rule.nodes) find("axe", rule.id, node.target.join(" "), `${when}: ${node.failureSummary.split("\n").slice(1).join(";").trim()}`);
  }
}

// The other sizes and schemes; a scheme changes nothing but colours.
async function schemes(page, find) {
  await page.emulateMedia({ colorScheme: "dark" });
  await axe(page, "phone dark", find, COLOURS);
  await page.setViewportSize(DESKTOP);
  await axe(page, "desktop dark", find, COLOURS);
  await page.emulateMedia({ colorScheme: "light" });
  await axe(page, "desktop light", find);
}

// Pictures of a page, named by what it is.
async function shoot(page, name) {
  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${name}-${size}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
}

// No sideways scroll at 320 pixels, and nothing lost when letters stand wide apart.
async function narrow(page, find) {
  const told = (check, found) => found.forEach(([rule, where, said]) => find(check, rule, where, said));
  await page.setViewportSize(NARROW);
  told("reflow", await page.evaluate(sideways));
  told("reflow", await page.evaluate(cutOff));
  await page.evaluate(withSpacing);
  for (const size of [PHONE, DESKTOP]) {
    await page.setViewportSize(size);
    for (const look of [sideways, cutOff, clipped]) told("spacing", await page.evaluate(look));
  }
}

// How many sheets a page takes on each paper.
async function print(page, most, find) {
  for (const format of PAPERS) {
    const sheets = (await page.pdf({ format, preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    if (sheets < 1 || sheets > most) find("print", "sheets", format, `${sheets} sheets, at most ${most}`);
  }
}

// What the page says without scripts: every line that it says with them.
async function compare(page, what, lines, find) {
  await page.goto(what.address, { waitUntil: "load" });
  const plain = new Set(await page.evaluate(linesOf));
  for (const line of lines) if (!plain.has(line)) find("scripts off", "missing-words", "main", line.slice(0, 80));
}
