// Opens sealed boxes with the script of the pages: one [script, key, box, address] per line, one text or null per line.
import fs from "node:fs";
import readline from "node:readline";
import vm from "node:vm";

const scripts = new Map();
for await (const line of readline.createInterface({ input: process.stdin })) {
  const [script, ...rest] = JSON.parse(line);
  if (!scripts.has(script)) {
    const context = vm.createContext({ atob, TextEncoder, TextDecoder, Uint8Array, Uint32Array, DataView, ArrayBuffer });
    vm.runInContext(fs.readFileSync(script, "utf8"), context);
    scripts.set(script, context.blazonUnseal);
  }
  console.log(JSON.stringify(scripts.get(script)(...rest)));
}
