import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { StartError } from "#app/start/start-error.ts";

export interface WantedPort {
  /** What would listen there, for the message. */
  purpose: string;
  port: number;
  /** The variable that chooses another one. */
  variable: string;
}

/** @throws StartError with one line for each port that is taken: by whom, and how to choose another */
export async function checkPorts(wanted: readonly WantedPort[], host: string): Promise<void> {
  const lines = await Promise.all(wanted.map((each) => problemOf(each, host)));
  const problems = lines.filter((line) => line !== undefined);
  for (const [index, each] of wanted.entries()) {
    const earlier = wanted.slice(0, index).find((other) => other.port === each.port);
    if (earlier) problems.push(`Port ${each.port} is wanted by both ${earlier.purpose} and ${each.purpose}.`);
  }
  if (problems.length > 0) throw new StartError(problems.join("\n"));
}

async function problemOf({ purpose, port, variable }: WantedPort, host: string): Promise<string | undefined> {
  // A browser may take "localhost" for ::1, so somebody who listens only there is in the way too.
  const taken = (await isTaken(port, host)) || (await isTaken(port, "::1"));
  if (!taken) return undefined;
  const owner = await whoListens(port).catch(() => undefined);
  return `Port ${port} (${purpose}) is taken${owner ? ` by ${owner}` : ""}. Stop that, or choose another: ${variable}=${port + 10} npm start`;
}

function isTaken(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "EADDRINUSE" || error.code === "EACCES"),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(false)));
  });
}

/** Name and id of the process that listens, when the system tells. */
async function whoListens(port: number): Promise<string | undefined> {
  if (process.platform === "linux") return whoListensOnLinux(port);
  if (process.platform === "win32") return undefined;
  const { stdout } = await promisify(execFile)("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fcp"]);
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  return pid && `${/^c(.+)$/m.exec(stdout)?.[1] ?? "process"} (process ${pid})`;
}

async function whoListensOnLinux(port: number): Promise<string | undefined> {
  const tables = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map((file) => readFile(file, "utf8").catch(() => "")),
  );
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const inodes = new Set(
    tables
      .flatMap((table) => table.split("\n").slice(1))
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === "0A")
      .map((fields) => `socket:[${fields[9]}]`),
  );
  if (inodes.size === 0) return undefined;
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => "");
      if (!inodes.has(target)) continue;
      const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "process");
      return `${name.trim()} (process ${pid})`;
    }
  }
  return undefined;
}
