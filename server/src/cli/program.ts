import tab from "@bomb.sh/tab/commander";
import { Command, CommanderError } from "commander";
import { version } from "#app/version.ts";
import { ConfigError } from "#app/config-error.ts";
import { StartError } from "#app/start/start-error.ts";
import { type Api, CommandError } from "#cli/api.ts";
import { addAutoPromptCommand } from "#cli/commands/auto-prompt.ts";
import { addCleanupCommand } from "#cli/commands/cleanup.ts";
import { addJobCommands } from "#cli/commands/jobs.ts";
import { addLoginCommands } from "#cli/commands/login.ts";
import { addLogsCommand } from "#cli/commands/logs.ts";
import { addMachineCommands } from "#cli/commands/machines.ts";
import { addPauseCommands } from "#cli/commands/pause.ts";
import { addStatusCommand } from "#cli/commands/status.ts";
import { addSubmitCommand } from "#cli/commands/submit.ts";
import { addUpCommand } from "#cli/commands/up.ts";
import { addUploadCommand } from "#cli/commands/upload.ts";
import { addWatchCommand } from "#cli/commands/watch.ts";
import { addWorkflowCommands } from "#cli/commands/workflows.ts";
import { addWorkCommands } from "#cli/commands/works.ts";
import { type ConnectOptions, connect } from "#cli/connect.ts";
import type { Output } from "#cli/output.ts";

/** What commands are given. */
export interface Cli {
  env: Record<string, string | undefined>;
  /** The repository's root, where the product runs. */
  root: string;
  /** Aborted at Ctrl-C: what is watched is let go. */
  stop: AbortSignal;
  out: Output;
  /** Does the work with the API that the options choose, and closes it. */
  withApi<Result>(work: (api: Api) => Promise<Result>): Promise<Result>;
  /** The command has failed without an error to tell of, as a watched job that failed. */
  fail(): void;
}

interface Surroundings {
  env: Record<string, string | undefined>;
  root: string;
  stop: AbortSignal;
  isTerminal: boolean;
  result: (line: string) => void;
  note: (line: string) => void;
}

/** Ended by Ctrl-C. */
export const stoppedCode = 130;

/** Runs one command line. @returns the exit code: 0 ok, 1 the operation failed, 2 it was given wrongly, or `stoppedCode` */
export async function runCli(args: readonly string[], given: Surroundings): Promise<number> {
  let exitCode = 0;
  const program = new Command("callsheet");
  const out: Output = {
    isTerminal: given.isTerminal,
    get json() {
      return program.opts<{ json?: boolean }>().json ?? false;
    },
    result: given.result,
    note: given.note,
  };
  const cli: Cli = {
    env: given.env,
    root: given.root,
    stop: given.stop,
    out,
    withApi: async (work) => {
      await using api = await connect(program.opts<ConnectOptions>(), given.env, out, () => process.chdir(given.root));
      return await work(api);
    },
    fail: () => (exitCode = 1),
  };
  describe(program, cli);
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (given.stop.aborted) return stoppedCode;
    if (error instanceof CommandError || error instanceof StartError || error instanceof ConfigError) {
      given.note(error.message.trim());
      return error instanceof CommandError ? error.exitCode : 1;
    }
    given.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

function describe(program: Command, cli: Cli): void {
  program
    .description("Submits, watches and steers the work of a Callsheet studio.")
    .version(version)
    .option(
      "--url <address>",
      "where the API is: CALLSHEET_API_URL, or where you are signed in, or this machine's PORT, unless said",
    )
    .option("--local", "works on the database in this process, without the API")
    .option("--json", "prints results as JSON, for scripts")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => cli.out.result(text.trimEnd()),
      writeErr: (text) => cli.out.note(text.trimEnd()),
    })
    .showHelpAfterError("Add --help to see how it is used.")
    .showSuggestionAfterError();
  addUpCommand(program, cli);
  addLoginCommands(program, cli);
  addStatusCommand(program, cli);
  addSubmitCommand(program, cli);
  addJobCommands(program, cli);
  addWatchCommand(program, cli);
  addLogsCommand(program, cli);
  addPauseCommands(program, cli);
  addWorkflowCommands(program, cli);
  addMachineCommands(program, cli);
  addUploadCommand(program, cli);
  addAutoPromptCommand(program, cli);
  addWorkCommands(program, cli);
  addCleanupCommand(program, cli);
  tab(program, { completionCommandName: "completion" });
}
