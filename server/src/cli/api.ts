import type { TypedDocumentString } from "#cli/gql/graphql.ts";

/** What commands need of the API, wherever it runs. */
export interface Api extends AsyncDisposable {
  /** Runs a query or a mutation. @throws CommandError with what the API says of its failure */
  execute<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data>;
  /** Ends with the subscription, or when the reader stops. @throws CommandError */
  subscribe<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): AsyncIterable<Data>;
  /** Sends the bytes of a file where createUpload said. @throws CommandError */
  put(upload: { url: string; headers: Record<string, string>; file: string; bytes: number }): Promise<void>;
}

/** The operation failed for a reason that people can read: ends the process with 1, or with the code that is given. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "CommandError";
  }
}

/** The command was given wrongly: ends the process with 2. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(message, 2);
    this.name = "UsageError";
  }
}

/** Nobody answers at the address. */
export class UnreachableError extends CommandError {
  constructor(
    readonly url: string,
    cause: unknown,
  ) {
    super(`No Callsheet answers at ${url}`, 1, { cause });
    this.name = "UnreachableError";
  }
}

interface GraphqlFailure {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
}

/** The errors of a whole operation, as one. */
export function failureOf(errors: readonly GraphqlFailure[]): CommandError {
  const lines = errors.map(({ message, extensions }) => {
    const code = extensions?.["code"];
    return typeof code === "string" ? `${message} (${code})` : message;
  });
  return new CommandError(lines.join("\n"));
}

interface MutationFailure {
  message: string;
  code: string;
  path?: readonly string[] | null | undefined;
  issues?: readonly { path: readonly string[]; message: string }[] | undefined;
  hint?: string | null | undefined;
}

/** The payload of a mutation. @throws CommandError for any of its expected failures, with each place that is wrong */
export function payloadOf<Result extends object>(
  result: Result | null | undefined,
): Exclude<Result, { message: string }> {
  if (!result) throw new CommandError("The API gave no answer");
  if (!("message" in result && "code" in result)) return result as Exclude<Result, { message: string }>;
  const { message, code, path, issues, hint } = result as unknown as MutationFailure;
  // The message of a single issue is the whole message.
  const [only] = issues?.length === 1 ? issues : [];
  const place = (only?.path ?? path ?? []).join(".");
  const lines = only ? [] : (issues ?? []).map((issue) => `  ${issue.path.join(".") || "input"}: ${issue.message}`);
  throw new CommandError(
    [`${message} (${code}${place ? ` at ${place}` : ""})`, ...lines, ...(hint ? [hint] : [])].join("\n"),
  );
}
