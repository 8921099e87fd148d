// Gives badges to the verifier in headless Chromium, and prints what each step found: one case per line in, one answer per line out.
//
// A case is {data, documents, now}: a file as base64, documents by address as base64 or null, and milliseconds. A case with keep: true
// gets no answer; the {at, count, put} after it are changes of it: count bytes from at on give way to those of put, in base64.
// The first argument is the verifier's script. With --time the last line has the median of checking a badge, and of the bare Ed25519
// call, in ms; with --without-ed25519 the browser does as if it had never heard of it.
import fs from "node:fs";
import readline from "node:readline";
import { createRequire } from "node:module";

const require = createRequire(new URL("../audit/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const CHUNK = 200;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>judge</title>" }));
await page.goto("https://judge.example/"); // a secure place, where WebCrypto is
await page.addScriptTag({ content: fs.readFileSync(process.argv[2], "utf8") });
await page.evaluate((without) => {
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const judged = async (data, documents, now) => {
    const look = async (url) => documents[url] == null ? null : bytes(documents[url]);
    try {
      return (await blazon.check(data, look, now)).outcomes.map((one) => [one.step, one.verdict, one.key]);
    } catch (error) {
      return [["crash", String(error.stack), ""]];
    }
  };
  let kept = null;
  window.judge = async (one) => {
    if (one.keep) {
      kept = { ...one, data: bytes(one.data) };
      return null;
    }
    if (one.at === undefined) return judged(bytes(one.data), one.documents, one.now);
    const { data, documents, now } = kept, put = bytes(one.put), changed = new Uint8Array(data.length - one.count + put.length);
    changed.set(data.subarray(0, one.at));
    changed.set(put, one.at);
    changed.set(data.subarray(one.at + one.count), one.at + put.length);
    return judged(changed, documents, now);
  };
  if (without) crypto.subtle.importKey = async () => { throw new DOMException("Unrecognized name.", "NotSupportedError"); };
}, process.argv.includes("--without-ed25519"));
const judged = (cases) => page.evaluate(async (all) => {
  const found = [];
  for (const one of all) found.push(await window.judge(one));
  return found;
}, cases);

let chunk = [], first = null;
const flush = async () => {
  for (const one of await judged(chunk)) if (one) console.log(JSON.stringify(one));
  chunk = [];
};
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  chunk.push(JSON.parse(line));
  first ??= chunk[0];
  if (chunk.length === CHUNK) await flush();
}
await flush();
if (process.argv.includes("--time")) {
  console.log(JSON.stringify(await page.evaluate(async (one) => {
    const median = async (work) => {
      const took = [];
      for (let turn = 0; turn < 31; turn++) {
        const start = performance.now();
        await work();
        took.push(performance.now() - start);
      }
      return took.sort((a, b) => a - b)[15];
    };
    const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]), text = new Uint8Array(64);
    const signature = await crypto.subtle.sign("Ed25519", pair.privateKey, text);
    const check = await median(() => window.judge(one));
    const bare = await median(() => crypto.subtle.verify("Ed25519", pair.publicKey, signature, text));
    return [[String(check), String(bare)]];
  }, first)));
}
await browser.close();
