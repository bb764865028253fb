import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Command } from "commander";
import type { Cli } from "#cli/program.ts";

/** `up`: the whole product, as npm start runs it. Ends with it, and hands on the signals that end it. */
export function addUpCommand(program: Command, cli: Cli): void {
  program
    .command("up")
    .description("Starts the whole product: database, API, worker and web client. Ctrl-C stops it.")
    .action(async () => {
      // Address and key of an API are for clients; the server takes a variable that it does not know for a mistake.
      const { CALLSHEET_API_URL: _url, CALLSHEET_API_KEY: _key, ...env } = { ...process.env, ...cli.env };
      const child = spawn(process.execPath, ["--max-semi-space-size=64", join(cli.root, "scripts/start.mjs")], {
        cwd: cli.root,
        stdio: "inherit",
        env,
      });
      // A Ctrl-C in a terminal reaches both; the product takes the two for one.
      cli.stop.addEventListener("abort", () => child.kill("SIGTERM"));
      const [code] = (await once(child, "exit")) as [number | null];
      if (code !== 0) cli.fail();
    });
}
