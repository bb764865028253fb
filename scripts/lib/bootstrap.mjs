// What must be there before anything of Callsheet can run. Plain Node: nothing is installed yet when this is loaded.
import { existsSync } from "node:fs";
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { CommandFailed, npm, runNode } from "./run.mjs";
import { isDue, root, runStep } from "./steps.mjs";

const oldestNode = [20, 19];

/** Ends the process with one clear line when this Node is too old. */
function checkNode() {
  const version = process.versions.node;
  const [major, minor] = version.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  console.error(`Callsheet needs Node ${oldestNode.join(".")} or newer; this is ${version}. See https://nodejs.org`);
  process.exit(1);
}

/** Runs the main function of a script; failures that were explained already end it without a stack. */
export async function main(work) {
  checkNode();
  process.chdir(root);
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CommandFailed)) console.error(error);
    else if (error.message) console.error(error.message);
    process.exitCode = 1;
  }
}

/** Dependencies and generated code: what types, tests and builds need. */
export async function prepare() {
  await prepareDatabaseClient();
  await runStep(typedDocuments);
}

export async function prepareDatabaseClient() {
  await install();
  await runStep(databaseClient);
}

/**
 * Prints the schema from the code that is there now.
 * @param {string} file
 * @param {string} accessFile gets who may use what
 */
export async function printSchema(file, accessFile) {
  await buildServer();
  await runNode("server/dist/print-schema.js", [file, accessFile]);
}

async function install() {
  if (await isInstalled()) return;
  const hasLock = existsSync(join(root, "package-lock.json"));
  console.error("Installing dependencies (the first time takes a minute or two) …");
  await npm([
    hasLock ? "ci" : "install",
    "--include=dev",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--loglevel=error",
  ]);
}

/** Compares the lockfile with npm's own record of what is in node_modules. */
async function isInstalled() {
  const wanted = await readPackages("package-lock.json");
  const present = await readPackages("node_modules/.package-lock.json");
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith("node_modules/") || entry.optional || entry.devOptional || entry.peer) return true;
    // A workspace that is new since the last install.
    if (entry.link) return existsSync(join(root, path));
    return present[path]?.version === entry.version;
  });
}

async function readPackages(file) {
  try {
    return JSON.parse(await readFile(join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}

const databaseClient = {
  name: "Generating the database client",
  inputs: ["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"],
  outputs: ["server/src/platform/db/generated"],
  action: async () => {
    await runNode("node_modules/prisma/build/index.js", ["generate"], {
      quiet: true,
      // The generator needs no engine, but Prisma would download one first; a file that exists keeps it from that.
      env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
    });
  },
};

const typedDocuments = {
  name: "Generating types for GraphQL operations",
  inputs: [
    "server/schema.graphql",
    "codegen.ts",
    "web/src",
    "web/codegen-introspection.mjs",
    "scripts/codegen-documents.mjs",
    "web/codegen-examples.mjs",
    "docs/api-cookbook.md",
    "e2e/src",
    "server/src/cli",
  ],
  outputs: ["web/src/gql", "server/src/cli/gql"],
  action: async () => {
    await runNode("node_modules/@graphql-codegen/cli/cjs/bin.js", ["--config", "codegen.ts"], { quiet: true });
  },
};

const clientPackage = {
  name: "Building the client package",
  inputs: ["client", "server/schema.graphql", "tsconfig.base.json", "package-lock.json"],
  outputs: ["client/dist/index.js", "client/src/generated", "client/schema.graphql"],
  action: async () => {
    await rm(join(root, "client/dist"), { recursive: true, force: true });
    await runNode("node_modules/@graphql-codegen/cli/cjs/bin.js", ["--config", "client/codegen.ts"], { quiet: true });
    await runNode("node_modules/typescript/bin/tsc", ["--project", "client/tsconfig.build.json"], { quiet: true });
    await cp(join(root, "server/schema.graphql"), join(root, "client/schema.graphql"));
  },
};

const serverBundle = {
  name: "Building the server",
  // What the web client asks as well: with CALLSHEET_TRUSTED_DOCUMENTS=own the server answers nothing else.
  inputs: ["server/src", "server/package.json", "scripts/build-server.mjs", "web/src/gql/documents.json"],
  outputs: ["server/dist/start.js"],
  action: async () => {
    await rm(join(root, "server/dist"), { recursive: true, force: true });
    const { buildServer: build } = await import("../build-server.mjs");
    await build();
  },
};

const webClient = {
  name: "Building the web client",
  inputs: ["web", "server/schema.graphql", "package-lock.json"],
  outputs: ["web/.next/BUILD_ID"],
  action: async () => {
    await runNode(join(root, "node_modules/next/dist/bin/next"), ["build"], {
      quiet: true,
      cwd: join(root, "web"),
      env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    });
  },
};

export const buildServer = () => runStep(serverBundle);
/** The package for other people's programs: nothing that runs here needs it, so a start does without. */
export const buildClient = () => runStep(clientPackage);
export const webNeedsBuild = () => isDue(webClient);
export const buildWeb = () => runStep(webClient);
