// Signs credentials with Digital Bazaar's library, for `make bench`: `node sign.mjs CREDENTIALS COUNT`.
//
// The first line of the file says with what key and when, each further line is a credential. Prints the seconds that it took.

import { readFileSync } from "node:fs";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { World } from "./world.mjs";

const [file, count] = process.argv.slice(2);
const lines = readFileSync(file, "utf8").split("\n").slice(0, Number(count) + 1);
const [order, ...credentials] = lines.map((line) => JSON.parse(line));
const documentLoader = new World().loader();
const key = await Ed25519Multikey.generate({ seed: Buffer.from(order.seed, "hex") });
key.id = order.method;
const signer = key.signer();

const start = performance.now();
const before = process.cpuUsage();
const values = [];
for (const credential of credentials) {
  const suite = new DataIntegrityProof({ signer, date: order.created, cryptosuite });
  const { proof } = await vc.issue({ credential, suite, documentLoader });
  values.push(proof.proofValue);
}
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
if (values[0] !== order.value) {
  throw new Error("it signed something else");
}
process.stdout.write(`${JSON.stringify({ seconds, processor: (user + system) / 1e6 })}\n`);
