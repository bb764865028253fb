import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { encodeId } from "#graphql/ids.ts";
import { answerOf } from "#test/api/api-server.ts";
import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { freePort } from "#test/support/product-process.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const dockerfile = (await readFile(join(root, "Dockerfile"), "utf8")).replaceAll("\\\n", " ");
/** The account that nothing belongs to. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

test("the Dockerfile copies the package file of every workspace, and runs both images as an ordinary user", async () => {
  const { workspaces } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { workspaces: string[] };
  for (const each of workspaces) expect(dockerfile).toContain(`COPY ${each}/package.json ${each}/`);
  for (const stage of ["server", "web"]) {
    const [, text] = new RegExp(`^FROM \\S+ AS ${stage}\\n([^]*?)(?=^FROM|(?![^]))`, "m").exec(dockerfile) ?? [];
    expect(text).toMatch(/^USER 1000:1000$/m);
    expect(text).toMatch(/^HEALTHCHECK .*readyz/m);
    // Nothing but what other stages have made comes in: no sources, no caches.
    expect(text).not.toMatch(/^COPY (?!--from)/m);
    expect(text).not.toMatch(/^RUN npm/m);
  }
});

describe("the files of the server's image, on which nothing can be written but in /data and /tmp", () => {
  let folder: string;
  let studio: QueueStudio;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "callsheet-image-"));
    await stageServerImage(join(folder, "app"));
    await Promise.all([mkdir(join(folder, "data")), mkdir(join(folder, "tmp"))]);
    if (isRoot) execFileSync("chown", [`${nobody}:${nobody}`, join(folder, "data"), join(folder, "tmp")]);
    else execFileSync("chmod", ["-R", "a-w", join(folder, "app")]);
    await chmod(folder, 0o755);
    studio = await startQueueStudio({ roles: {} });
  });
  afterAll(async () => {
    for (const child of running) {
      if (child.exitCode === null) child.kill("SIGKILL");
    }
    await studio[Symbol.asyncDispose]();
    execFileSync("chmod", ["-R", "u+w", folder]);
    await rm(folder, { recursive: true, force: true });
  });

  const environment = async (): Promise<Record<string, string>> => {
    const [, env] = /AS server\nENV (.*)\n/.exec(dockerfile) ?? [];
    const ofImage = Object.fromEntries(
      [...(env ?? "").matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)].map(([, name, quoted, bare]) => [name, quoted ?? bare]),
    ) as Record<string, string>;
    return {
      ...ofImage,
      PATH: process.env["PATH"] ?? "",
      TMPDIR: join(folder, "tmp"),
      CALLSHEET_STATE_DIR: join(folder, "data"),
      DATABASE_URL: studio.databaseUrl,
      CALLSHEET_SECRET: "x".repeat(32),
      CALLSHEET_CLEANUP_CRON: "off",
      PORT: String(await freePort()),
    };
  };
  /** Starts what the image or the compose file starts, and waits for a line of its log. */
  const start = async (program: string, env: Record<string, string>, readyLine: string): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [program], {
      cwd: join(folder, "app"),
      env,
      stdio: ["ignore", "ignore", "pipe"],
      ...(isRoot ? { uid: nobody, gid: nobody } : {}),
    });
    running.push(child);
    const said: string[] = [];
    const isReady = new Promise<void>((resolve) => {
      createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => {
        said.push(line);
        if (line.includes(readyLine)) resolve();
      });
    });
    await Promise.race([
      isReady,
      once(child, "exit").then(() => Promise.reject(new Error(`${program} ended:\n${said.join("\n")}`))),
    ]);
    return child;
  };
  const stop = async (child: ChildProcess): Promise<unknown> => {
    child.kill("SIGTERM");
    return (await once(child, "exit"))[0];
  };

  test("API and worker start, make a picture and its thumbnail, say that they are well, and end", async () => {
    const env = await environment();
    const api = await start("server/dist/api.js", env, "the API listens");
    const worker = await start("server/dist/worker.js", env, "the worker runs");
    const url = `http://127.0.0.1:${env["PORT"]}`;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);

    const workflowId = await studio.workflow("Picture", pictureGraph);
    const id = await studio.submit({ workflowId });
    expect(await studio.untilEnded(id)).toMatchObject({ status: "SUCCEEDED" });
    const answer = await answerOf(
      await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          query: "query ($id: ID!) { job(id: $id) { latestOutputs { url thumbnailUrl } } }",
          variables: { id: encodeId("Job", id) },
        }),
      }),
    );
    const [output] = answer.data.job.latestOutputs as { url: string; thumbnailUrl: string }[];
    for (const path of [output?.url, output?.thumbnailUrl]) {
      expect((await fetch(new URL(path ?? "", url))).status).toBe(200);
    }

    const health = spawn(process.execPath, ["server/dist/worker-health.js"], { cwd: join(folder, "app"), env });
    expect((await once(health, "exit"))[0]).toBe(0);
    expect(await stop(worker)).toBe(0);
    expect(await stop(api)).toBe(0);
  });
});

/** What `npm ci --omit=dev --workspace server` installs, without what the Dockerfile removes, and the built server. */
async function stageServerImage(app: string): Promise<void> {
  const [, workspace] = /RUN npm ci --omit=dev --workspace (\w+)/.exec(dockerfile) ?? [];
  const listed = npm(["ls", "--omit=dev", "--workspace", workspace ?? "", "--all", "--parseable"]);
  const [, removal] = /RUN rm -rf (.*)/.exec(dockerfile) ?? [];
  const removed = (removal ?? "").trim().split(/\s+/);
  expect(removed.every((path) => path.startsWith("node_modules/"))).toBe(true);
  const packages = listed
    .split("\n")
    .map((path) => path.slice(root.length))
    .filter((path) => path.includes("node_modules/"))
    .filter((path) => !removed.some((gone) => path === gone || path.startsWith(`${gone}/`)));
  // With the packages inside of them.
  const outer = packages.filter((path) => !packages.some((other) => path.startsWith(`${other}/`)));
  await mkdir(join(app, "server"), { recursive: true });
  execFileSync("cp", ["-a", "--parents", "-t", app, ...outer], { cwd: root });
  await cp(join(root, "package.json"), join(app, "package.json"));
  await cp(join(root, "server/package.json"), join(app, "server/package.json"));
  await cp(join(root, "prisma/migrations"), join(app, "prisma/migrations"), { recursive: true });
  const { buildServer } = (await import(join(root, "scripts/build-server.mjs"))) as {
    buildServer: (changes: object) => Promise<void>;
  };
  await buildServer({ outdir: join(app, "server/dist") });
}

function npm(args: string[]): string {
  // Jest's own options are not for npm.
  const { NODE_OPTIONS: _, ...env } = process.env;
  return execFileSync("npm", args, { cwd: root, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}
