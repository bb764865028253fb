import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { CommandError } from "#cli/api.ts";

type Environment = Record<string, string | undefined>;

/** Where to work, and the key that goes there and nowhere else. */
export interface Login {
  url: string;
  key: string;
}

export function loginFile(env: Environment): string {
  return join(env["XDG_CONFIG_HOME"] || join(env["HOME"] || homedir(), ".config"), "callsheet", "login.json");
}

/** What `callsheet login` has left; undefined for nothing. @throws CommandError for a file that can't be read */
export async function readLogin(env: Environment): Promise<Login | undefined> {
  const file = loginFile(env);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw new CommandError(`${file} can't be read (${error.code ?? error.message})`, 1, { cause: error });
  });
  if (text === undefined) return undefined;
  try {
    // Most commands need no forms, which take long to load: only where there is something to read.
    const { z } = await import("zod");
    return z.object({ url: z.string(), key: z.string() }).parse(JSON.parse(text));
  } catch (error) {
    throw new CommandError(`${file} is damaged; sign in anew with \`callsheet login\``, 1, { cause: error });
  }
}

/** Whole or not at all, and for nobody else to read. */
export async function storeLogin(env: Environment, login: Login): Promise<void> {
  const file = loginFile(env);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(login)}\n`, { mode: 0o600 });
  // An earlier file of that name would have kept its mode.
  await chmod(unfinished, 0o600);
  await rename(unfinished, file);
}

export async function forgetLogin(env: Environment): Promise<void> {
  await rm(loginFile(env), { force: true });
}
