import { type Api, CommandError, UnreachableError } from "#cli/api.ts";
import { graphql } from "#cli/gql/gql.ts";
import type { Output } from "#cli/output.ts";
import { openRemoteApi } from "#cli/remote-api.ts";
import { type Login, readLogin } from "#cli/stored-login.ts";

type Environment = Record<string, string | undefined>;

export interface ConnectOptions {
  url?: string | undefined;
  local?: boolean | undefined;
}

/** The least that only somebody can ask. */
export const Hello = graphql(`
  query CliHello {
    viewer {
      name
    }
  }
`);

/**
 * The API at the address that is given, or in this process with `local`. When nobody answers and the database is this
 * machine's own, a person at a terminal is asked whether to go on without it; a script is told how.
 */
export async function connect(
  options: ConnectOptions,
  env: Environment,
  out: Output,
  toRoot: () => void,
): Promise<Api> {
  const openLocal = async (): Promise<Api> => {
    // The whole product: loaded only when it is wanted.
    const [{ openLocalApi }, { readLocalConfig }] = await Promise.all([
      import("#cli/local-api.ts"),
      import("#cli/local-config.ts"),
    ]);
    // Migrations and the embedded database's default folder are found from the root.
    toRoot();
    return openLocalApi(readLocalConfig(env), out.note);
  };
  if (options.local) return openLocal();
  const login = await readLogin(env);
  const address = addressOf(options, env, login);
  // A key that is kept goes where it is from; one in the environment, where whoever set it says.
  const key = env["CALLSHEET_API_KEY"] || (login?.url === address ? login.key : undefined);
  const remote = openRemoteApi(address, key);
  try {
    await remote.execute(Hello, {});
    return remote;
  } catch (error) {
    await remote[Symbol.asyncDispose]();
    if (!(error instanceof UnreachableError) || !(await mayWorkLocally(options, env, login))) throw error;
    if (out.isTerminal && process.stdin.isTTY) {
      const { confirm, isCancel } = await import("@clack/prompts");
      const answer = await confirm({
        message: `${error.message}. Work on the database directly, without it?`,
        output: process.stderr,
      });
      if (!isCancel(answer) && answer) return openLocal();
      throw error;
    }
    throw new CommandError(
      `${error.message}\nStart it with \`callsheet up\`, give its address with --url, or add --local to work on the database directly.`,
      1,
      { cause: error },
    );
  }
}

/** @throws CommandError for an address that is none */
export function addressOf({ url }: ConnectOptions, env: Environment, login?: Login): string {
  const address = url ?? env["CALLSHEET_API_URL"] ?? login?.url ?? `http://127.0.0.1:${env["PORT"] || 4000}`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new CommandError(`"${address}" is no address: give one such as http://127.0.0.1:4000`, 2);
  return new URL(address).origin;
}

/** An address that somebody named may be another installation's: its work is not done on the database here. */
async function mayWorkLocally({ url }: ConnectOptions, env: Environment, login: Login | undefined): Promise<boolean> {
  if (url !== undefined || env["CALLSHEET_API_URL"] || login) return false;
  const { isDatabaseLocal, readLocalConfig } = await import("#cli/local-config.ts");
  try {
    return isDatabaseLocal(readLocalConfig(env));
  } catch {
    return false;
  }
}
