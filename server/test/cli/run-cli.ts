import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../../dist/test/cli.js", import.meta.url));

export interface CliResult {
  code: number | null;
  out: string;
  err: string;
  /** What --json printed. */
  json: any;
}

function start(args: readonly string[], env: Record<string, string>) {
  const { PATH, HOME } = process.env as Record<string, string>;
  return spawn(process.execPath, ["--enable-source-maps", binary, ...args], {
    cwd: tmpdir(),
    env: { PATH, HOME, NODE_ENV: "test", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs the command with nobody there to read its results, as behind `| true`. */
export async function runCliUnread(args: readonly string[]): Promise<Pick<CliResult, "code" | "err">> {
  const child = start(args, {});
  child.stdout.destroy();
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, err };
}

/** Runs the command as a process of its own, away from the repository. @param onLine hears each line of its results */
export async function runCli(
  args: readonly string[],
  env: Record<string, string> = {},
  onLine: (line: string, child: { kill(signal: NodeJS.Signals): void }) => void = () => undefined,
): Promise<CliResult> {
  const child = start(args, env);
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    for (const line of text.split("\n").filter((each) => each !== "")) onLine(line, child);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err, json: args.includes("--json") && code === 0 ? lenient(out) : undefined };
}

function lenient(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
  }
}
