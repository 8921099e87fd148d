// Reads pages of built sites as a reader's browser does, and tells what their checks say: one case per line, one answer per line.
//
// A case is {at, root, page, changed, file, link, now, without, slow, framed, quiet, shot, dark, width}: the address that the folder
// answers at, or "file:" for a page opened from disk; changed files as base64, or null for one that is gone; on the verify page a file
// to choose or an address to type; the reader's clock; what the browser lacks, "ed25519" or "crypto"; a path that never answers;
// whether the page is shown inside another, or with scripts off.
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../audit/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2" };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

async function answer(one) {
  const context = await browser.newContext({ colorScheme: one.dark ? "dark" : "light", viewport: { width: one.width ?? 1280, height: 1000 }, javaScriptEnabled: !one.quiet });
  const page = await context.newPage(), outside = [], told = [];
  page.on("console", (message) => { if (message.type() === "error" && !/status of 404/.test(message.text())) told.push(message.text()); });
  page.on("pageerror", (error) => told.push(String(error)));
  const disk = one.at === "file:";
  if (one.now) await page.clock.setFixedTime(one.now);
  await page.addInitScript((without) => {
    if (without === "crypto") Object.defineProperty(crypto, "subtle", { value: undefined });
    if (without === "ed25519") crypto.subtle.importKey = async () => { throw new DOMException("Unrecognized name.", "NotSupportedError"); };
  }, one.without ?? "");
  if (!disk) {
    await context.route("**/*", (route) => {
      const url = route.request().url().replace(/[?#].*$/, "");
      if (!url.startsWith(one.at)) {
        outside.push(url);
        return route.abort();
      }
      let name = decodeURI(url.slice(one.at.length));
      if (name === "" || name.endsWith("/")) name += "index.html";
      if (name === one.slow) return;
      if (one.framed && name === "frame.html") {
        return route.fulfill({ contentType: "text/html", body: `<!doctype html><title>frame</title><iframe src="${one.page}" width="1200" height="900"></iframe>` });
      }
      const changed = (one.changed ?? {})[name], file = path.join(one.root, name);
      if (changed === null || changed === undefined && !fs.existsSync(file)) return route.fulfill({ status: 404, body: "" });
      const body = changed === undefined ? fs.readFileSync(file) : Buffer.from(changed, "base64");
      return route.fulfill({ body, contentType: TYPES[path.extname(name)] ?? "application/octet-stream" });
    });
  }
  const started = Date.now();
  await page.goto(disk ? pathToFileURL(path.join(one.root, one.page)).href : new URL(one.framed ? "frame.html" : one.page, one.at).href);
  if (one.file) {
    await page.locator("#checker").waitFor();
    await page.setInputFiles("#file", one.file);
  }
  if (one.link) {
    await page.locator("#checker").waitFor();
    await page.fill("#link", one.link);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
  }
  if (one.framed || one.quiet) {
    await new Promise((done) => { setTimeout(done, one.patience ?? 1500); });
    const frame = one.framed ? page.frames()[1] : page;
    const text = await frame.locator("body").innerText(), state = await frame.locator(".checked").count() ? "checked" : null;
    await context.close();
    return { state, text, outside, told, took: 0 };
  }
  const found = one.slow ? "#result > [data-state=checking]" : one.file || one.link || /[?]award=/.test(one.page) ? "#result > :not([data-state=checking])" : ".checked";
  let missing = false;
  await page.locator(found).first().waitFor({ timeout: one.patience ?? 10000 }).catch(() => { missing = true; });
  const result = missing ? { state: null } : await page.evaluate((selector) => {
    const band = document.querySelector(selector), text = (name) => band.querySelector(name)?.textContent ?? "";
    return {
      state: band.dataset.state ?? "message",
      headline: text("strong, h3"),
      text: text("p") || band.textContent,
      outcomes: Array.from(band.querySelectorAll(".checks > div"), (row) => [row.querySelector(".verdict").classList[1], row.querySelector("dd").textContent]),
      focused: document.activeElement === band.querySelector("strong, h3"),
      bands: document.querySelectorAll(".bands .band").length,
      inert: window.ran === undefined && !document.querySelector("#result img, #result script, #result iframe"),
      name: document.querySelector("#result .facts")?.textContent ?? "",
    };
  }, found);
  if (one.shot) {
    if (one.open) await page.locator("summary").first().click();
    await page.screenshot({ path: one.shot, fullPage: true });
  }
  await context.close();
  return { ...result, outside, told, took: Date.now() - started };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line.trim()) console.log(JSON.stringify(await answer(JSON.parse(line))));
}
await browser.close();
