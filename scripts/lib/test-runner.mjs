import { createRunner } from "jest-light-runner";

/**
 * Runs test files in bare Node.js, in processes that several files share.
 *
 * A process asks for its project's configuration before its first test. The library answers one question to all
 * processes that have a test, and answers each of them once: a process that reads the answer to another before it has
 * begun its test throws it away, asks when nobody answers any more, and its suites never begin. Here each process is
 * answered when it asks.
 */
export default class TestRunner extends createRunner({ runtime: "child_process" }) {
  constructor(globalConfig, context, configuration) {
    super(globalConfig, context, configuration);
    if (!(this._testRunners instanceof Map)) throw new Error("jest-light-runner keeps its pools elsewhere now");
    this._testRunners = new Pools({ globalConfig, runtime: this._runtime });
  }
}

/** The pool of processes of each project. */
class Pools extends Map {
  #shared;

  constructor(shared) {
    super();
    this.#shared = shared;
  }

  set(projectConfig, { pool }) {
    const workerData = { ...this.#shared, projectConfig };
    return super.set(projectConfig, {
      pool,
      run: (test) => pool.run(test.path, { channel: answerToOne(workerData) }),
    });
  }
}

/** The channel between the runner and the process that gets a test. */
function answerToOne(workerData) {
  let send;
  return {
    onMessage(sendToProcess) {
      send = sendToProcess;
    },
    postMessage(message) {
      if (message === "jest-light-runner-get-worker-data") send({ type: "jest-light-runner-worker-data", workerData });
    },
  };
}
