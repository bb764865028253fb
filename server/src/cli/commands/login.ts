import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { CommandError, UsageError } from "#cli/api.ts";
import { addressOf, type ConnectOptions, Hello } from "#cli/connect.ts";
import type { Cli } from "#cli/program.ts";
import { openRemoteApi } from "#cli/remote-api.ts";
import { forgetLogin, loginFile, storeLogin } from "#cli/stored-login.ts";

/** `login` and `logout`: with which key commands work at which address from now on. */
export function addLoginCommands(program: Command, cli: Cli): void {
  program
    .command("login")
    .description("Keeps an address and an API key for all later commands, in a file that only you can read.")
    .action(async () => {
      const url = addressOf(program.opts<ConnectOptions>(), cli.env);
      const key = cli.env["CALLSHEET_API_KEY"] || (await askForKey(cli));
      if (!/^cs_[\w-]{20,200}$/.test(key))
        throw new UsageError("That is no API key: it begins with cs_ and is shown when it is made");
      await using api = openRemoteApi(url, key);
      const { viewer } = await api.execute(Hello, {});
      await storeLogin(cli.env, { url, key });
      cli.out.note(`Signed in at ${url} as ${viewer.name}; the key is in ${loginFile(cli.env)}`);
    });
  program
    .command("logout")
    .description("Forgets address and key. The key itself works on until it is revoked in the web client.")
    .action(() => forgetLogin(cli.env));
}

/** Not as an argument: those are seen by everybody on the machine, and kept by shells. */
async function askForKey({ out }: Cli): Promise<string> {
  if (!out.isTerminal || !process.stdin.isTTY) return (await text(process.stdin)).trim();
  const { isCancel, password } = await import("@clack/prompts");
  const answer = await password({ message: "API key", output: process.stderr });
  if (isCancel(answer)) throw new CommandError("Nothing was kept");
  return answer.trim();
}
