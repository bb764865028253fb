// Shows what changed in server/schema.graphql and fails on what would break clients.
//   node scripts/schema-diff.mjs [BASE] [--accept]
// BASE is a commit; unless named it is HEAD when the file has uncommitted changes, else the commit before.
// --accept prints breaking changes without failing, for those that are meant.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { git, schemaChanges } from "./lib/schema-changes.mjs";
import { root } from "./lib/steps.mjs";

const file = "server/schema.graphql";
const accept = process.argv.includes("--accept");
const now = readFileSync(join(root, file), "utf8");

function before() {
  const named = process.argv.slice(2).find((argument) => !argument.startsWith("--"));
  const committed = git("show", `${named ?? "HEAD"}:${file}`);
  if (named || committed !== now) return { base: named ?? "HEAD", text: committed };
  return { base: "HEAD~1", text: git("show", `HEAD~1:${file}`) };
}

const old = before();
if (!old.text) {
  // A source archive or a shallow clone has no earlier commit.
  console.log("schema: no earlier version to compare with");
} else {
  const changes = await schemaChanges(old.text, now);
  const breaking = changes.filter(({ isBreaking }) => isBreaking);
  for (const { isBreaking, message } of changes) console.log(`${isBreaking ? "BREAKS" : "      "} ${message}`);
  console.log(`schema: ${changes.length} changes since ${old.base}, ${breaking.length} of them breaking`);
  if (breaking.length > 0 && !accept) process.exitCode = 1;
}
