/* What came of each step. An answer is evidence, never a bare yes: failed outranks undecided, undecided passed.

   An outcome is {step, verdict, key, values}: the key names the sentence among the interface's texts, and the values fill
   its gaps. They may quote the badge, so a page shows them as text and never as markup. */

const PASSED = "passed", FAILED = "failed", UNDECIDED = "undecided";

/** Ends a step that found something wrong. */
class Failure extends Error {
  constructor(key, values) {
    super(key);
    this.values = values;
  }
}

/** Ends a step that cannot know. */
class Doubt extends Error {
  constructor(key, values) {
    super(key);
    this.values = values;
  }
}

/** Lets the page answer its reader before the check goes on: long work is done as many short tasks. */
const rest = () => new Promise(done => {
  const {port1, port2} = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    done();
  };
  port2.postMessage(null);
});

const outcome = (step, verdict, key, values = {}) => ({step, verdict, key, values});

/** The outcome of a step: `look` gives the key of a sentence, alone or with its values, or throws Failure or Doubt. */
async function take(step, look) {
  try {
    const found = await look();
    return Array.isArray(found) ? outcome(step, PASSED, ...found) : outcome(step, PASSED, found);
  } catch (error) {
    if (error instanceof Failure) return outcome(step, FAILED, error.message, error.values);
    if (error instanceof Doubt) return outcome(step, UNDECIDED, error.message, error.values);
    throw error;
  }
}

/** The first failed outcome, or else the first undecided one, or else the first; no news at all is undecided. */
function worst(outcomes) {
  return outcomes.find(one => one.verdict === FAILED)
    ?? outcomes.find(one => one.verdict === UNDECIDED)
    ?? outcomes[0] ?? outcome("readable", UNDECIDED, "nothing");
}
