import { join } from "node:path";
import { runNode } from "./run.mjs";
import { root } from "./steps.mjs";

/** @param {string[]} args */
export async function jest(args) {
  await runNode(join(root, "node_modules/jest/bin/jest.js"), args, {
    env: {
      NODE_ENV: "test",
      NODE_OPTIONS: "--experimental-vm-modules --disable-warning=ExperimentalWarning --max-semi-space-size=64",
    },
  });
}
