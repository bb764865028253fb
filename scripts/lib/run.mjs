import { spawn } from "node:child_process";
import { root } from "./steps.mjs";

/** A command that ended with a failure; the message holds its output, unless that was shown as it came. */
export class CommandFailed extends Error {}

/**
 * Runs a program and shows its output only when it fails (`quiet`), or as it comes.
 * @returns {Promise<string>} the output, when quiet
 */
async function run(command, args, { quiet = false, env = {}, cwd = root } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) => resolve(status ?? signal));
  });
  if (code === 0) return output;
  throw new CommandFailed(quiet ? `${output}\n${[command, ...args].join(" ")} failed (${code})`.trim() : "");
}

/** Runs a JavaScript program of an installed package with this Node: no shell, so it works in any folder and on Windows. */
export function runNode(script, args, options) {
  return run(process.execPath, [script, ...args], options);
}

/** npm, as the one that runs this script when there is one. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith(".js")) return runNode(cli, args, options);
  return process.platform === "win32" ? run("cmd.exe", ["/c", "npm", ...args], options) : run("npm", args, options);
}
