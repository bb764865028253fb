// What is written about the API: the printed schema, its reference, and what changed. All of it is committed.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { updatedChangelog } from "./api-changelog.mjs";
import { printSchema } from "./bootstrap.mjs";
import { renderReference } from "./reference/render.mjs";
import { root } from "./steps.mjs";

const reference = "docs/reference";
const changelog = "docs/api-changelog.md";
const schemaFile = "server/schema.graphql";

/** The files as the code says that they should be. @returns {Promise<Map<string, string>>} text by path */
async function apiDocuments() {
  const { buildSchema } = createRequire(join(root, "server/package.json"))("graphql");
  const folder = await mkdtemp(join(tmpdir(), "callsheet-schema-"));
  try {
    const [schemaPath, accessPath] = [join(folder, "schema.graphql"), join(folder, "access.json")];
    await printSchema(schemaPath, accessPath);
    const schemaText = await readFile(schemaPath, "utf8");
    const access = JSON.parse(await readFile(accessPath, "utf8"));
    const pages = renderReference(buildSchema(schemaText), access, root);
    return new Map([
      [schemaFile, schemaText],
      ...[...pages].map(([name, text]) => [`${reference}/${name}`, text]),
      [changelog, await updatedChangelog(await readText(changelog), schemaText)],
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes them, and removes pages of the reference that are no more. */
export async function writeApiDocuments() {
  const documents = await apiDocuments();
  for (const file of await stalePages(documents)) await rm(join(root, file));
  for (const [file, text] of documents) {
    if ((await readText(file)) === text) continue;
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
}

/** Paths of those that are not as the code says. */
export async function outdatedApiDocuments() {
  const documents = await apiDocuments();
  const outdated = await stalePages(documents);
  for (const [file, text] of documents) if ((await readText(file)) !== text) outdated.push(file);
  return outdated;
}

async function stalePages(documents) {
  const names = await readdir(join(root, reference)).catch(() => []);
  return names.map((name) => `${reference}/${name}`).filter((file) => !documents.has(file));
}

async function readText(file) {
  return readFile(join(root, file), "utf8").catch(() => "");
}
