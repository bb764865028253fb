import { type Document, textOf, type VariablesOf } from "./documents.ts";
import { type Transfer, transferFile, upload, type UploadInput } from "./files.ts";
import type { FileFieldsFragment } from "./generated/operations.ts";
import { createSender, credentialsOf } from "./http.ts";
import { type EndedJob, submitAndWait, type SubmitAndWaitInput, waitForJob, type WaitOptions } from "./jobs.ts";
import { type ClientOptions, graphqlUrl } from "./options.ts";
import { type ConnectionPage, readPages } from "./pages.ts";
import { type Payload, payloadOf } from "./results.ts";
import { createSocket } from "./socket.ts";

export interface AskOptions {
  signal?: AbortSignal | undefined;
}

export interface CallsheetClient extends AsyncDisposable {
  /**
   * Runs a query or a mutation.
   * @throws RequestError for top-level errors, UnreachableError when nobody answers
   */
  execute<Data, Variables>(document: Document<Data, Variables>, ...variables: VariablesOf<Variables>): Promise<Data>;
  /**
   * Runs a mutation with one field and gives its payload.
   * @throws MutationError for expected failures, and what `execute` throws
   */
  mutate<Data extends object, Variables>(
    document: Document<Data, Variables>,
    ...variables: VariablesOf<Variables>
  ): Promise<Payload<Data[keyof Data]>>;
  /** Follows a subscription until it ends or the reader stops. A lost connection is opened again. */
  subscribe<Data, Variables>(
    document: Document<Data, Variables>,
    variables: Variables,
    options?: AskOptions,
  ): AsyncIterable<Data>;
  /** All entries of a connection whose document takes `$after` and selects `pageInfo`, fetched as they are read. */
  pages<Data, Variables extends { after?: string | null | undefined }, Node>(
    document: Document<Data, Variables>,
    variables: Variables,
    connectionOf: (data: Data) => ConnectionPage<Node> | null | undefined,
  ): AsyncIterable<Node>;
  /** Makes an asset of a file. */
  upload(input: UploadInput): Promise<FileFieldsFragment>;
  /** Fetches a file by its `url` or `thumbnailUrl`. @throws TransferError */
  download(url: string, init?: RequestInit): Promise<Response>;
  /** Submits a job and waits until it is over, however it ends. */
  submitAndWait(input: SubmitAndWaitInput, options?: WaitOptions): Promise<EndedJob>;
  /** Waits until a job is over. */
  waitForJob(id: string, options?: WaitOptions): Promise<EndedJob>;
  /** Closes the WebSocket. */
  close(): Promise<void>;
}

/** A client of one Callsheet. It opens nothing until it is used. */
export function createClient(options: ClientOptions): CallsheetClient {
  const url = graphqlUrl(options.url);
  const send = createSender(url, options);
  const socket = createSocket(url, options);
  const transfer: Transfer = { base: url, fetch: options.fetch ?? fetch, credentials: credentialsOf(options) };
  const run = async <Data>(document: Document<Data, never>, variables: unknown): Promise<Data> =>
    (await send(textOf(document), variables)) as Data;

  const client: CallsheetClient = {
    execute: (document, ...[variables]) => run(document as Document<never, never>, variables),
    mutate: async (document, ...[variables]) => {
      const data = await run(document as Document<Record<string, unknown>, never>, variables);
      return payloadOf(Object.values(data)[0]) as never;
    },
    subscribe: (document, variables, { signal } = {}) =>
      socket.subscribe(textOf(document), variables, signal) as AsyncIterable<never>,
    pages: (document, variables, connectionOf) =>
      readPages(async (after) =>
        connectionOf(
          await run(document as Document<never, never>, after === undefined ? variables : { ...variables, after }),
        ),
      ),
    upload: (input) => upload(client, transfer, input),
    download: (path, init) => transferFile(transfer, path, init),
    submitAndWait: (input, waiting) => submitAndWait(client, input, waiting),
    waitForJob: (id, waiting) => waitForJob(client, id, waiting),
    close: () => socket.close(),
    [Symbol.asyncDispose]: () => socket.close(),
  };
  return client;
}
