// Fills in claim pages by keyboard, as somebody without a mouse does, and tells what came of it: one case per line, one answer per line.
//
// A case is {at, root, page, badge, name, earner, did, start, end, evidence, prior, waiver, consent, again, quick, width, dark, shot, quiet}: the address
// that the folder answers at, or "file:" for a page opened from disk; what is typed into the fields, those of `evidence` being
// [address, words, hidden]; fields that are not named stay as they are. `again` is typed over them after the file was written once.
// `badge` is chosen in the list; a page that names one has it chosen already. `quick` goes to the fields without the tab key.
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../audit/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const FIELDS = ["badge", "name", "earner", "did", "start", "end"];
const LAST = ["prior", "waiver"];
const MOST_TABS = 60;
const PATIENCE = 8000;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

// Presses the tab key until a part of the page has the focus.
async function reach(page, id) {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await page.evaluate(() => document.activeElement.id) === id) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the tab key does not lead to ${id}`);
}

async function type(page, id, text, quick) {
  if (quick) await page.locator(`#${id}`).focus(); else await reach(page, id);
  const kind = await page.evaluate(() => document.activeElement.type);
  if (kind === "checkbox") {
    if (await page.evaluate(() => document.activeElement.checked) !== text) await page.keyboard.press("Space");
  } else if (kind === "select-one") {
    for (let moves = 0; await page.evaluate(() => document.activeElement.value) !== text && moves < MOST_TABS; moves += 1) await page.keyboard.press("ArrowDown");
  } else if (kind === "date") {
    const [year, month, day] = text.split("-");
    await page.keyboard.type(`${month}${day}${year}`);
  } else if (quick) {
    await page.locator(`#${id}`).fill(text);
  } else {
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await page.keyboard.insertText(text);
  }
}

async function fill(page, one) {
  const put = (id, text) => type(page, id, text, one.quick);
  for (const name of FIELDS) if (one[name] !== undefined) await put(`c-${name}`, one[name]);
  for (const [number, piece] of (one.evidence ?? []).entries()) {
    for (const [place, text] of piece.entries()) if (text) await put(`c-piece-${number}-${place}`, text);
  }
  for (const name of LAST) if (one[name] !== undefined) await put(`c-${name}`, one[name]);
  if (one.consent !== undefined) await put("c-consent", one.consent);
  if (one.quick) await page.locator("#c-make").focus(); else await reach(page, "c-make");
  await page.keyboard.press("Enter");
}

// What the page says after the file was asked for, as far as people can see it.
function told() {
  const byId = (id) => document.getElementById(id);
  const link = (id) => (byId(id)?.checkVisibility() ? byId(id).href : "");
  const wrong = Array.from(document.querySelectorAll("#form .wrong"), (one) => [one.id.slice(2, -6), one.checkVisibility() ? one.textContent : ""]);
  return {
    wrong: Object.fromEntries(wrong.filter(([, text]) => text)),
    marked: Array.from(document.querySelectorAll("#form [aria-invalid]"), (one) => one.id.slice(2)),
    described: Array.from(document.querySelectorAll("#form [aria-invalid]")).every((one) => one.getAttribute("aria-describedby").split(" ").includes(`${one.id}-wrong`)),
    focused: document.activeElement.id.slice(2),
    status: byId("c-status").textContent,
    done: byId("made").checkVisibility(),
    earner: byId("c-earner").value,
    badge: byId("c-badge").value,
    path: byId("c-path").textContent,
    file: byId("c-file").textContent,
    go: link("c-go"),
    paste: link("c-paste"),
    issue: link("c-issue"),
    cut: Boolean(byId("c-issue-long")?.checkVisibility()),
    mail: link("c-mail"),
    attach: Boolean(byId("c-attach")?.checkVisibility()),
    wide: document.documentElement.scrollWidth > innerWidth,
    kept: localStorage.length + document.cookie.length,
  };
}

async function answer(one) {
  const disk = one.at === "file:", outside = [], errors = [];
  const context = await browser.newContext({
    acceptDownloads: true, locale: "en-US", colorScheme: one.dark ? "dark" : "light", viewport: { width: one.width ?? 390, height: 900 }, javaScriptEnabled: !one.quiet,
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (disk && url.startsWith("file:") || url.startsWith("blob:")) return route.continue();
    if (!url.startsWith(one.at)) {
      outside.push(url);
      return route.abort();
    }
    let name = url.slice(one.at.length).replace(/[?#].*$/, "");
    if (name === "" || name.endsWith("/")) name += "index.html";
    const file = path.join(one.root, name);
    if (!fs.existsSync(file)) return route.fulfill({ status: 404, body: "" });
    return route.fulfill({ body: fs.readFileSync(file), contentType: TYPES[path.extname(name)] ?? "application/octet-stream" });
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type()) && !disk && !/status of 404/.test(message.text())) errors.push(message.text()); });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(disk ? pathToFileURL(path.join(one.root, "claim/index.html")).href + one.page.replace(/^claim\//, "") : one.at + one.page);
  if (one.quiet) {
    const text = await page.locator("main").innerText(), links = await page.locator("main a").evaluateAll((all) => all.map((link) => link.href));
    await context.close();
    return { text, links, outside, errors };
  }
  await page.locator("#claimer:not([hidden])").waitFor();
  await fill(page, one);
  let result = await page.evaluate(told);
  if (one.again) {
    await page.locator("#c-badge").focus();
    await fill(page, one.again);
    result = { ...await page.evaluate(told), first: result };
  }
  if (one.shot) await page.screenshot({ path: one.shot, fullPage: true });
  if (result.done) {
    await page.locator("[data-copies]").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("#c-copied:not(:empty)").waitFor();
    result.copied = await page.evaluate(() => navigator.clipboard.readText());
    const waiting = page.waitForEvent("download");
    await page.locator("#c-save").focus();
    await page.keyboard.press("Enter");
    const download = await waiting;
    result.saved = fs.readFileSync(await download.path(), "utf8");
    result.saves = download.suggestedFilename();
  }
  await context.close();
  return { ...result, outside, errors };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const one = JSON.parse(line);
  const began = Date.now();
  console.log(JSON.stringify(await answer(one).catch((error) => ({ errors: [String(error)], outside: [], wrong: {}, done: false }))));
  if (process.env.SLOW) console.error(one.page, one.quick, Date.now() - began);
}
await browser.close();
