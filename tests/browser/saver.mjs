// Saves pictures from award pages by keyboard, as their readers do, and tells what was saved: one case per line, one answer per line.
//
// A case is {at, root, page, kind, changed, framed, quiet, dark, width, shot}: the address that the folder answers at, or "file:" for a page
// opened from disk; "png" or "svg"; files as base64 that the host serves instead of its own, or null for one that is gone; whether
// the page is read with scripts off.
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../audit/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2" };
const MOST_TABS = 80, PATIENCE = 10000;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

// Presses the tab key until a button that saves has the focus, then the enter key.
async function press(page, kind) {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press("Tab");
    const words = await page.evaluate((of) => {
      const here = document.activeElement;
      return here.matches("button") && here.textContent === document.getElementById("bake").dataset[of === "png" ? "savePng" : "saveSvg"];
    }, kind);
    if (words) return page.keyboard.press("Enter");
  }
  throw new Error(`the tab key does not lead to the button for ${kind}`);
}

async function answer(one) {
  const context = await browser.newContext({ colorScheme: one.dark ? "dark" : "light", viewport: { width: one.width ?? 1280, height: 1000 }, javaScriptEnabled: !one.quiet });
  const page = await context.newPage(), outside = [], told = [];
  page.on("console", (message) => { if (message.type() === "error" && !/status of 404/.test(message.text())) told.push(message.text()); });
  page.on("pageerror", (error) => told.push(String(error)));
  const disk = one.at === "file:";
  if (!disk) {
    await context.route("**/*", (route) => {
      const url = route.request().url().replace(/[?#].*$/, "");
      if (!url.startsWith(one.at)) {
        outside.push(url);
        return route.abort();
      }
      let name = decodeURI(url.slice(one.at.length));
      if (name.endsWith("/")) name += "index.html";
      const changed = (one.changed ?? {})[name], file = path.join(one.root, name);
      if (changed === null || changed === undefined && !fs.existsSync(file)) return route.fulfill({ status: 404, body: "" });
      const body = changed === undefined ? fs.readFileSync(file) : Buffer.from(changed, "base64");
      return route.fulfill({ body, contentType: TYPES[path.extname(name)] ?? "application/octet-stream" });
    });
  }
  await page.goto(disk ? pathToFileURL(path.join(one.root, one.page)).href : new URL(one.page, one.at).href);
  const found = { name: "", data: "", sentence: "", status: "", link: await page.locator("#bake a[download]").getAttribute("href") };
  const status = page.locator("#bake").locator("xpath=preceding-sibling::p[@role='status']");
  found.buttons = await page.locator("#bake").locator("xpath=preceding-sibling::p/button[starts-with(@class, 'button')]").evaluateAll(
    (all) => all.filter((one) => [document.getElementById("bake").dataset.savePng, document.getElementById("bake").dataset.saveSvg].includes(one.textContent)).length,
  );
  if (!one.quiet && !disk) {
    const saved = page.waitForEvent("download", { timeout: PATIENCE }).catch(() => null);
    await press(page, one.kind);
    await page.waitForFunction(() => document.getElementById("bake").previousElementSibling.textContent, null, { timeout: PATIENCE });
    if (await status.textContent() === await page.locator("#bake").getAttribute("data-made")) {
      const download = await saved;
      if (download) Object.assign(found, { name: download.suggestedFilename(), data: fs.readFileSync(await download.path()).toString("base64") });
    }
  }
  if (await status.count()) {
    found.status = await status.textContent();
    found.sentence = await page.locator("#bake").evaluate((told, text) => ["made", "failed", "disk"].find((one) => told.dataset[one] === text) ?? "?", found.status);
  }
  if (one.shot) await page.screenshot({ path: one.shot, fullPage: true });
  await context.close();
  return { ...found, outside, told };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line.trim()) console.log(JSON.stringify(await answer(JSON.parse(line))));
}
await browser.close();
