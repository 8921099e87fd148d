// Opens private awards as their readers do: one case per line, one answer per line.
//
// A case is {at, root, page, key, changed, late}: the address that the folder answers at, or "file:"; what stands behind the #; changed files
// as base64; a key that is typed into the address afterwards. An answer tells what the page shows, and everything that was asked for.
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
  const context = await browser.newContext({ acceptDownloads: true }), page = await context.newPage(), asked = [], told = [], disk = one.at === "file:";
  page.on("console", (message) => { if (message.type() === "error" && !/status of 404|Access to font at 'file|ERR_FAILED/.test(message.text())) told.push(message.text()); });
  page.on("pageerror", (error) => told.push(String(error)));
  page.on("request", (request) => asked.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? ""));
  if (!disk) {
    await context.route("**/*", (route) => {
      let name = decodeURI(route.request().url().replace(/[?#].*$/, "").slice(one.at.length));
      if (name === "" || name.endsWith("/")) name += "index.html";
      const changed = (one.changed ?? {})[name], file = path.join(one.root, name);
      if (changed === undefined && !fs.existsSync(file)) return route.fulfill({ status: 404, body: "" });
      return route.fulfill({ body: changed === undefined ? fs.readFileSync(file) : Buffer.from(changed, "base64"), contentType: TYPES[path.extname(name)] ?? "application/octet-stream" });
    });
  }
  const url = (disk ? pathToFileURL(path.join(one.root, one.page, "index.html")).href : one.at + one.page) + (one.key ? "#" + one.key : "");
  await page.goto(url);
  if (one.late) {
    await page.evaluate((key) => { location.hash = key; }, one.late);
    await page.waitForTimeout(500);
  }
  await page.waitForFunction(() => document.querySelector("#standing .checked:not([data-state=checking])") || document.querySelector("#wrong")?.hidden === false, null, { timeout: one.wait ?? 8000 }).catch(() => {});
  const found = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    text: document.body.innerText,
    wrong: document.querySelector("#wrong") ? !document.querySelector("#wrong").hidden : false,
    shown: document.querySelector("#wrong")?.getBoundingClientRect().height > 0,
    state: document.querySelector("#standing .checked")?.dataset.state ?? "",
    overflow: document.documentElement.scrollWidth > innerWidth,
    links: Array.from(document.querySelectorAll("[href], [src]"), (made) => made.href || made.src),
    kept: JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, document.referrer]),
  }));
  if (one.shot) await page.screenshot({ path: one.shot, fullPage: true });
  if (found.state && !disk) {
    await page.focus("a.skip");
    await page.keyboard.press("Enter");
    found.after = page.url();
    const [saved] = await Promise.all([page.waitForEvent("download"), page.click("[data-save]")]);
    found.name = saved.suggestedFilename();
    found.saved = fs.readFileSync(await saved.path(), "utf8");
  }
  await context.close();
  return { ...found, asked: asked.filter((text) => !text.startsWith("blob:")), told };
}

for await (const line of readline.createInterface({ input: process.stdin })) console.log(JSON.stringify(await answer(JSON.parse(line))));
await browser.close();
