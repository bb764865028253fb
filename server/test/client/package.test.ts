import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runScript } from "#test/support/run-script.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

const source = fileURLToPath(new URL("../../../client/", import.meta.url));
const compiler = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
const resolve = createRequire(join(source, "package.json"));

interface Manifest {
  name: string;
  version: string;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}

/** A project of somebody else, with the archive as npm would unpack it what it says that it needs, and Node's types. */
let project: string;
let files: string[];
let version: string;
let studio: QueueStudio;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "callsheet-client-"));
  const packed = await run("npm", ["pack", source, "--pack-destination", project, "--json", "--ignore-scripts"]);
  const [archive] = Object.values(
    JSON.parse(packed) as Record<string, { filename: string; files: { path: string }[] }>,
  );
  files = archive?.files.map(({ path }) => path) ?? [];
  const installed = join(project, "node_modules/@callsheet/client");
  await mkdir(installed, { recursive: true });
  await run("tar", ["-xzf", join(project, archive?.filename ?? ""), "--strip-components=1", "-C", installed]);
  const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8")) as Manifest;
  ({ version } = manifest);
  const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  for (const name of [...needed, "@types/node"]) await link(name);
  await writeFile(join(project, "package.json"), '{ "type": "module" }');
  studio = await startQueueStudio({ roles: { api: true, worker: true } });
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await rm(project, { recursive: true });
});

async function run(command: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  const { code, out, err } = await runScript(command, args, { cwd: project, env });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}: ${out}${err}`);
  return out;
}

/** A package of the workspace, as if it were installed. */
async function link(name: string): Promise<void> {
  const folder = resolve.resolve.paths(name)?.map((path) => join(path, name)) ?? [];
  for (const path of folder) {
    const isThere = await readFile(join(path, "package.json")).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    await mkdir(dirname(join(project, "node_modules", name)), { recursive: true });
    await symlink(path, join(project, "node_modules", name));
    return;
  }
  throw new Error(`${name} is not installed`);
}

test("the archive holds what runs, its types, the schema and the README, and no sources or tests", () => {
  expect(files).toEqual(
    expect.arrayContaining([
      "README.md",
      "package.json",
      "schema.graphql",
      "dist/index.js",
      "dist/index.d.ts",
      "dist/webhooks.js",
      "dist/generated/schema.d.ts",
    ]),
  );
  expect(
    files.filter((file) => !/^(README\.md|package\.json|schema\.graphql|dist\/.+\.(js|d\.ts))$/.test(file)),
  ).toEqual([]);
});

test("it has the version of the product that it was built from", async () => {
  const product = JSON.parse(await readFile(join(source, "../package.json"), "utf8")) as Manifest;
  expect(version).toBe(product.version);
});

test("a program in another folder installs it, submits a job and waits for it, without the workspace", async () => {
  await writeFile(
    join(project, "program.js"),
    `import { createClient, WorkflowsDocument } from "@callsheet/client";
     const callsheet = createClient({ url: process.env.URL });
     const { workflows } = await callsheet.execute(WorkflowsDocument);
     const seen = [];
     const job = await callsheet.submitAndWait(
       { workflowId: workflows.nodes[0].id, tries: 3 },
       { onUpdate: ({ status }) => seen.push(status) },
     );
     console.log(job.status, job.runs.length, seen.at(-1));`,
  );
  expect(await run(process.execPath, ["program.js"], { URL: studio.url })).toBe("SUCCEEDED 3 SUCCEEDED\n");
});

test("its types serve a strict project, and tell a wrong variable and a missing case", async () => {
  await writeFile(
    join(project, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: "nodenext",
        target: "es2023",
        lib: ["es2023", "dom", "esnext.disposable"],
        types: ["node"],
      },
      files: ["typed.ts"],
    }),
  );
  await writeFile(
    join(project, "typed.ts"),
    `import { createClient, SubmitJobDocument } from "@callsheet/client";
     import { verifyWebhook } from "@callsheet/client/webhooks";
     import type { Job } from "@callsheet/client/schema";
     const callsheet = createClient({ url: "http://localhost:4000" });
     const { jobs } = await callsheet.mutate(SubmitJobDocument, { input: { workflowId: "x", priority: 1 } });
     export const names: Job["name"][] = jobs.map((job) => job.name);
     // @ts-expect-error
     await callsheet.mutate(SubmitJobDocument, { input: { workflowId: 7 } });
     // @ts-expect-error
     await callsheet.mutate(SubmitJobDocument);
     const event = verifyWebhook("whsec_", {}, "");
     // @ts-expect-error
     event.data.job;
     if (event.type === "job.ended") event.data.job.name.toUpperCase();`,
  );
  expect(await run(process.execPath, [compiler, "--project", "."])).toBe("");
});
