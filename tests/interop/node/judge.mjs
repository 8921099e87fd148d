// What two verifiers that we did not write say about our Open Badges 3.0 documents: `node judge.mjs CASES.json`.
//
// DB is Digital Bazaar's library, DCC the verifier of the Digital Credentials Consortium, behind verifierplus.org.
// Each answers in one line per case. The other kinds of case belong to other judges. Neither looks into an embedded
// endorsement, nor at the credentials in a transcript: what stands there must be a case of its own.

import { Console } from "node:console";
import { readFileSync } from "node:fs";
import { World } from "./world.mjs";

const KINDS = new Set(["award", "endorsement", "transcript", "list"]);
const COMPLAINTS = 3;

// Only answers go to standard output. DCC would print there what it stumbles over, such as a schema not served.
globalThis.console = new Console(process.stderr);

const book = JSON.parse(readFileSync(process.argv[2], "utf8"));
const world = new World(book);
world.enter(book.now);

const vc = await import("@digitalbazaar/vc");
const { DataIntegrityProof } = await import("@digitalbazaar/data-integrity");
const { cryptosuite } = await import("@digitalbazaar/eddsa-rdfc-2022-cryptosuite");
const { checkStatus } = await import("@digitalbazaar/vc-bitstring-status-list");
const verifier = await import("@digitalcredentials/verifier-core");

const suite = new DataIntegrityProof({ cryptosuite });
const documentLoader = world.loader();
const JUDGES = { DB: bazaar, DCC: consortium };

for (const { name, kind, file } of book.cases) {
  if (KINDS.has(kind)) {
    for (const [judge, opinion] of Object.entries(JUDGES)) {
      const [verdict, told] = await judged(opinion, file);
      process.stdout.write(`${JSON.stringify({ case: name, judge, verdict, told })}\n`);
    }
  }
}

// A judge's opinion of a file. What it was not served may be the whole reason of a refusal, so that comes first.
async function judged(opinion, file) {
  world.missing.clear();
  let verdict, reasons;
  try {
    [verdict, reasons] = await opinion(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    // Bad documents make judges crash in ways that nobody lists.
    [verdict, reasons] = ["refused", causes(error)];
  }
  const missing = [...world.missing].map((address) => `the cases serve nothing at ${address}`);
  return [verdict, [...missing, ...reasons].join("; ").replace(/\s+/g, " ")];
}

// Digital Bazaar. It calls a revoked credential verified, and leaves it to the caller to read the status.
async function bazaar(credential) {
  const answer = await vc.verifyCredential({ credential, suite, documentLoader, checkStatus });
  const { verified, error, statusResult } = answer;
  if (!verified) {
    // The list's own date is told in `statusResult`: a list that ran out is no expired credential.
    const expired = error?.message.includes('is after "validUntil"');
    return [expired ? "expired" : "refused", causes(error ?? statusResult.error)];
  }
  const statuses = statusResult?.results ?? [];
  if (statuses.some(({ status }) => status)) {
    return ["revoked", ["its bit is set"]];
  }
  return ["good", [statuses.length === 0 ? "verified" : "verified, status read"]];
}

// The consortium. Its steps are in `log`; that no registry knows the issuer is one, and nothing against a document.
async function consortium(credential) {
  const answer = await verifier.verifyCredential({ credential, knownDIDRegistries: [] });
  if (answer.errors) {
    return ["refused", answer.errors.flatMap((error) => [error.message, ...causes(error.stackTrace)])];
  }
  const step = Object.fromEntries(answer.log.map((entry) => [entry.id, entry]));
  const status = step.revocation_status;
  if (step.expiration?.valid === false) {
    return ["expired", [`validUntil ${credential.validUntil} is past, or no date`]];
  }
  if (status?.valid === false) {
    return ["revoked", ["its bit is set"]];
  }
  const steps = ["valid_signature", "expiration", ...(credential.credentialStatus ? ["revocation_status"] : [])];
  const failed = steps.filter((id) => !step[id]?.valid);
  if (failed.length !== 0) {
    return ["refused", [...causes(status?.error), ...causes(answer.error), `not passed: ${failed.join(", ")}`]];
  }
  // A schema that was not served leaves a word of excuse where the results should be.
  const results = answer.additionalInformation.flatMap((one) => (Array.isArray(one.results) ? one.results : []));
  const complaints = results.flatMap(({ result }) => result.errors ?? []);
  if (complaints.length !== 0) {
    return ["refused", complaints.slice(0, COMPLAINTS).map((one) => `schema: ${one.instancePath} ${one.message}`)];
  }
  return ["good", [[...steps, ...(results.length === 0 ? [] : ["schema"])].join(", ")]];
}

// What is at the bottom of an error. The libraries wrap theirs, some more than once, in words that say nothing.
function causes(error) {
  const inner = [...(error?.errors ?? []), error?.cause].filter(Boolean);
  if (inner.length !== 0) {
    return inner.flatMap(causes);
  }
  const event = error?.details?.event;
  return [error?.message, event && `${event.message} ${JSON.stringify(event.details)}`].filter(Boolean);
}
