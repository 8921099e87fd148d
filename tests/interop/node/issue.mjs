// Open Badges 3.0 as Digital Bazaar's library issues them, for our verifier to judge: `node issue.mjs FOLDER`.
//
// Keys, dates and ids are fixed: the same files in every run. `did.json` belongs to the issuer of db-web.json and all
// that follow it, `status.json` to db-status.json. `db-tampered.json` was changed after it was signed.

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { createCredential, createList } from "@digitalbazaar/vc-bitstring-status-list";
import { BADGES, CREDENTIALS, World, didDocument } from "./world.mjs";

const SITE = "https://issuer.example.org/";
const LIST = `${SITE}status/revocation.json`;
const CREATED = "2026-03-01T09:00:00Z";
const LENGTH = 131072;
const INDEX = 77; // in status.json 78 is revoked and this is not

const documentLoader = new World().loader();

const keyed = await key("Digital Bazaar issues by did:key");
const owner = `did:key:${keyed.publicKeyMultibase}`;
keyed.id = `${owner}#${keyed.publicKeyMultibase}`;

const webbed = await key("Digital Bazaar issues by did:web");
const name = "did:web:issuer.example.org";
webbed.id = `${name}#key-1`;

const web = await signed(badge(name, "web"), webbed);
write({
  "db-key.json": await signed(badge(owner, "key"), keyed),
  "did.json": didDocument(name, webbed),
  "db-web.json": web,
  "db-status.json": await signed({ ...badge(name, "status"), credentialStatus: entry() }, webbed),
  "status.json": await signed(await revocations(), webbed),
  "db-tampered.json": { ...web, name: "Line leader" },
});

// A key that is no secret.
async function key(phrase) {
  return Ed25519Multikey.generate({ seed: createHash("sha256").update(phrase).digest() });
}

// A credential with its proof.
async function signed(credential, by) {
  const suite = new DataIntegrityProof({ signer: by.signer(), date: CREATED, cryptosuite });
  return vc.issue({ credential, suite, documentLoader });
}

// An Open Badge without its proof.
function badge(issuer, id) {
  return {
    "@context": [CREDENTIALS, BADGES],
    id: `${SITE}credentials/${id}`,
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: "Line follower",
    issuer: { id: issuer, type: ["Profile"], name: "Example Makers", url: SITE },
    validFrom: CREATED,
    credentialSubject: {
      id: "did:example:ada",
      type: ["AchievementSubject"],
      achievement: {
        id: `${SITE}achievements/line`,
        type: ["Achievement"],
        achievementType: "Badge",
        name: "Line follower",
        description: "Builds a robot.",
        criteria: { narrative: "Build a robot that follows a line." },
      },
    },
  };
}

// Where a credential's status is read.
function entry() {
  return {
    id: `${LIST}#${INDEX}`,
    type: "BitstringStatusListEntry",
    statusPurpose: "revocation",
    statusListIndex: String(INDEX),
    statusListCredential: LIST,
  };
}

// The list itself, without its proof.
async function revocations() {
  const list = await createList({ length: LENGTH });
  list.setStatus(INDEX + 1, true);
  const credential = await createCredential({ id: LIST, list, statusPurpose: "revocation" });
  return { ...credential, issuer: name, validFrom: CREATED };
}

// Write every document into the folder that the command line names.
function write(documents) {
  const [folder] = process.argv.slice(2);
  mkdirSync(folder, { recursive: true });
  for (const [file, document] of Object.entries(documents)) {
    writeFileSync(join(folder, file), `${JSON.stringify(document, null, 2)}\n`);
  }
}
