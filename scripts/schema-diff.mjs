// Shows what changed in server/schema.graphql and fails on what would break clients.
//   node scripts/schema-diff.mjs [BASE] [--accept]
// BASE is a commit; unless named it is HEAD when the file has uncommitted changes, else the commit before.
// --accept prints breaking changes without failing, for those that are meant.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const file = "server/schema.graphql";
// The packages belong to the server's workspace.
const require = createRequire(new URL("../server/package.json", import.meta.url));
const { buildSchema } = require("graphql");
const { diff, CriticalityLevel } = require("@graphql-inspector/core");

const git = (...args) =>
  execFileSync("git", args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 * 1024 * 1024,
  });
const accept = process.argv.includes("--accept");
const now = readFileSync(`${root}${file}`, "utf8");

function before() {
  const named = process.argv.slice(2).find((argument) => !argument.startsWith("--"));
  try {
    if (named) return { base: named, text: git("show", `${named}:${file}`) };
    const committed = git("show", `HEAD:${file}`);
    return committed === now
      ? { base: "HEAD~1", text: git("show", `HEAD~1:${file}`) }
      : { base: "HEAD", text: committed };
  } catch {
    return undefined;
  }
}

const old = before();
if (!old) {
  // A source archive or a shallow clone has no earlier commit.
  console.log("schema: no earlier version to compare with");
} else {
  const changes = await diff(buildSchema(old.text), buildSchema(now));
  const breaking = changes.filter((change) => change.criticality.level === CriticalityLevel.Breaking);
  for (const change of changes)
    console.log(`${change.criticality.level === CriticalityLevel.Breaking ? "BREAKS" : "      "} ${change.message}`);
  console.log(`schema: ${changes.length} changes since ${old.base}, ${breaking.length} of them breaking`);
  if (breaking.length > 0 && !accept) process.exitCode = 1;
}
