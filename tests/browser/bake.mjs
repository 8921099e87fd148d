// Bakes with the verifier of the pages: one {picture, credential, assertion} per line, the picture in base64; one picture or null per line.
//
// The first argument is the verifier's script.
import fs from "node:fs";
import readline from "node:readline";
import vm from "node:vm";

const context = vm.createContext({ atob, TextEncoder, TextDecoder });
vm.runInContext(fs.readFileSync(process.argv[2], "utf8"), context);
const bytes = vm.runInContext("(letters) => Uint8Array.from(letters, (one) => one.charCodeAt(0))", context);

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { picture, credential, assertion } = JSON.parse(line);
  let baked = null;
  try {
    baked = Buffer.from(context.blazon.bake(bytes(atob(picture)), credential, assertion)).toString("base64");
  } catch (error) {
    if (error.constructor.name !== "Unreadable") throw error;
  }
  console.log(JSON.stringify(baked));
}
