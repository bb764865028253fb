// What differs between two texts of the schema, and earlier texts of it.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./steps.mjs";

// The packages belong to the server's workspace.
const require = createRequire(join(root, "server/package.json"));
const { buildSchema } = require("graphql");
const { diff, CriticalityLevel } = require("@graphql-inspector/core");

/** @returns {Promise<{ type: string, message: string, path?: string, meta: object, isBreaking: boolean, isDangerous: boolean }[]>} */
export async function schemaChanges(before, after) {
  const changes = await diff(buildSchema(before), buildSchema(after));
  return changes.map(({ type, message, path, meta, criticality }) => ({
    type,
    message,
    path,
    meta,
    isBreaking: criticality.level === CriticalityLevel.Breaking,
    isDangerous: criticality.level === CriticalityLevel.Dangerous,
  }));
}

/** What git says, or undefined: there may be no git, or not so much of the history. */
export function git(...args) {
  try {
    return execFileSync("git", args, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch {
    return undefined;
  }
}
