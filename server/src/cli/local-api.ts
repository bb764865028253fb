import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type Api, CommandError, failureOf } from "#cli/api.ts";
import { type ApiServer, createApiServer } from "#app/server.ts";
import { createApp } from "#app/create-app.ts";
import type { Config } from "#app/config.ts";
import { openDatabase } from "#app/start/database.ts";
import { lockState } from "#app/start/state-lock.ts";
import { ensureLocalUser } from "#domains/accounts/local-user.ts";
import type { Context } from "#graphql/context.ts";
import { CloseStack } from "#lib/close-stack.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";

/**
 * The same services in this process, on the database: for when the API is down. Runs that are submitted wait for a worker.
 * @throws StartError when Callsheet runs on the embedded database
 */
export async function openLocalApi(config: Config, say: (line: string) => void): Promise<Api> {
  await using opening = new CloseStack();
  if (config.databaseUrl === undefined) {
    opening.use(await lockState(config.stateDir, `callsheet --local, process ${process.pid}`));
  }
  const database = await openDatabase(config, opening, say);
  const app = opening.use(await createApp(config, { databaseUrl: database.url, roles: { api: false, worker: false } }));
  const viewer = await ensureLocalUser(app.deps);
  const server = opening.use(await createApiServer(app.deps, () => Promise.resolve(viewer)));
  const open = opening.release();
  const operationOf = (document: { toString(): string }, variables: unknown) => {
    const prepared = server.pipeline.prepare(document.toString());
    if ("errors" in prepared) throw failureOf(prepared.errors);
    const context: Context = { deps: app.deps, viewer, requestId: randomUUID() };
    return { document: prepared.document, operationName: undefined, variables: plain(variables) as never, context };
  };
  return {
    execute: async (document, variables) => {
      const { data, errors } = await server.pipeline.execute(operationOf(document, variables));
      if (errors?.length) throw failureOf(errors);
      return plain(data) as never;
    },
    subscribe: async function* (document, variables) {
      const results = await server.pipeline.subscribe(operationOf(document, variables));
      if (!(Symbol.asyncIterator in results)) throw failureOf(results.errors ?? []);
      for await (const { data, errors } of results) {
        if (errors?.length) throw failureOf(errors);
        yield plain(data) as never;
      }
    },
    put: (upload) => putInProcess(server, upload),
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

async function putInProcess({ http }: ApiServer, { url, headers, file, bytes }: Parameters<Api["put"]>[0]) {
  const response = await http.inject({
    method: "PUT",
    url,
    headers: { ...headers, "content-length": String(bytes) },
    payload: createReadStream(file),
  });
  if (response.statusCode >= 300) throw new CommandError(`${file}: ${response.json<{ message: string }>().message}`);
}

/** As it would have come over HTTP, large integers exact. */
function plain(value: unknown): unknown {
  return parseJson(stringifyJson(value ?? null));
}
