// node .ci/summary.mjs RESULTS STATUS: one line for all of Jest's projects. A suite that could not run counts as failed.
import { readFileSync } from "node:fs";

const [file, status] = process.argv.slice(2);
let passed = 0;
let failed = 0;
try {
  const results = JSON.parse(readFileSync(file, "utf8"));
  passed = results.numPassedTests;
  failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
} catch {
  console.error("The tests ended without a result.");
}
if (failed === 0 && status !== "0") failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
