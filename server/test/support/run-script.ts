import { spawn } from "node:child_process";
import { once } from "node:events";

export interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a program as whoever follows a document would, and gives all that it said. */
export async function runScript(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<Outcome> {
  const { PATH, HOME } = process.env as Record<string, string>;
  const child = spawn(command, args, { cwd, env: { PATH, HOME, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}
