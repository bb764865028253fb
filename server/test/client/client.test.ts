import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { WebSocket } from "ws";
import { type CallsheetClient, createClient, errorCodes, RequestError, UnreachableError } from "@callsheet/client";
import { errorCodes as codesOfTheApi } from "#graphql/errors.ts";
import { startPasswordApp } from "#test/accounts/password-app.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { encodeId } from "#graphql/ids.ts";
import { parseJson } from "#lib/json.ts";

let studio: QueueStudio;
beforeAll(async () => {
  studio = await startQueueStudio({ roles: { api: true, worker: true } });
});
afterAll(() => studio[Symbol.asyncDispose]());

/** A server that says one answer after the other, and what it was asked. */
async function startAnswering(...answers: { status: number; headers?: Record<string, string>; body: string }[]) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { status, headers = {}, body } = answers[requests.length] ?? { status: 500, body: "no more" };
    requests.push(request);
    request.resume().once("end", () => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
const limited = {
  status: 429,
  headers: { "retry-after": "0" },
  body: JSON.stringify({ errors: [{ message: "Too many requests.", extensions: { code: "RATE_LIMITED" } }] }),
};
const fine = { status: 200, body: JSON.stringify({ data: { viewer: { name: "Ada" } } }) };

test("the client knows the codes that the API gives, and no others", () => {
  expect(errorCodes).toEqual(codesOfTheApi);
});

test("what was turned away for its rate is sent again as the server asks, and no more often than said", async () => {
  await using patient = await startAnswering(limited, limited, fine);
  expect(await createClient({ url: patient.url }).execute("{ viewer { name } }")).toEqual({ viewer: { name: "Ada" } });
  expect(patient.requests).toHaveLength(3);
  await using strict = await startAnswering(limited, limited, limited);
  const refused = createClient({ url: strict.url, rateLimitRetries: 1 }).execute("{ viewer { name } }");
  await expect(refused).rejects.toMatchObject({
    name: "RequestError",
    code: "RATE_LIMITED",
    status: 429,
    retryAfterSecs: 0,
  });
  expect(strict.requests).toHaveLength(2);
});

test("an address at which something else answers, or nobody, is told apart from errors of the API", async () => {
  await using other = await startAnswering({ status: 404, body: "<html>" });
  await expect(createClient({ url: other.url }).execute("{ x }")).rejects.toThrow(/is not Callsheet \(HTTP 404\)/);
  await expect(createClient({ url: "http://127.0.0.1:9" }).execute("{ x }")).rejects.toBeInstanceOf(UnreachableError);
  await expect(createClient({ url: studio.url }).execute("{ x }")).rejects.toBeInstanceOf(RequestError);
});

test("the key goes to the API only: not where it has its files", async () => {
  await using bucket = await startAnswering({ status: 200, body: "" }, { status: 200, body: "" });
  const mine = createClient({ url: `${bucket.url}/graphql`, apiKey: "cs_secret" });
  await mine.download("/assets/1");
  await createClient({ url: studio.url, apiKey: "cs_secret" }).download(`${bucket.url}/signed`);
  expect(bucket.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer cs_secret", undefined]);
});

test("waiting for a job can be given up; the job goes on", async () => {
  const id = await studio.submit({ ms: 100 });
  const stop = new AbortController();
  const waiting = createClient({ url: studio.url }).waitForJob(encodeId("Job", id), {
    signal: stop.signal,
    onUpdate: () => stop.abort(new Error("enough")),
  });
  await expect(waiting).rejects.toThrow("enough");
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
});

test("a connection that is lost while a job is waited for is opened again, and nothing is missed", async () => {
  const sockets: WebSocket[] = [];
  class Kept extends WebSocket {
    constructor(...parts: ConstructorParameters<typeof WebSocket>) {
      super(...parts);
      sockets.push(this);
    }
  }
  const id = await studio.submit({ ms: 400 });
  const job = await createClient({ url: studio.url, webSocket: Kept }).waitForJob(encodeId("Job", id), {
    onUpdate: () => {
      if (sockets.length === 1) sockets[0]?.terminate();
    },
  });
  expect(job).toMatchObject({ status: "SUCCEEDED", runs: [{ status: "SUCCEEDED" }] });
  expect(sockets).toHaveLength(2);
});

test("what is refused on a WebSocket is told like what is refused over HTTP", async () => {
  const { url } = studio;
  const first = async (client: CallsheetClient, document: string) => {
    for await (const data of client.subscribe(document, {})) return data;
    return undefined;
  };
  await expect(first(createClient({ url }), "subscription { nothing }")).rejects.toMatchObject({
    name: "RequestError",
    code: "GRAPHQL_VALIDATION_FAILED",
  });
  await using people = await startPasswordApp();
  const stranger = createClient({ url: people.url, apiKey: "cs_wrong" });
  const refused = { name: "RequestError", code: "UNAUTHENTICATED" };
  await expect(stranger.execute("{ viewer { name } }")).rejects.toMatchObject(refused);
  await expect(first(stranger, "subscription { queueUpdated { job { id } } }")).rejects.toMatchObject(refused);
});

test("what is watched goes on when its person may see something else than before", async () => {
  await using people = await startPasswordApp();
  const admin = await people.firstAdmin();
  await people.person(admin, "cleo@studio.example", "CREATOR");
  const { prisma } = people.deps.db;
  const { id } = await prisma.user.findUniqueOrThrow({ where: { email: "cleo@studio.example" } });
  const cookie = await people.signIn("cleo@studio.example");
  const made = await people.ask(
    'mutation { createApiKey(input: { name: "watcher", scope: WRITE }) { ... on CreateApiKeyPayload { secret } } }',
    {},
    { cookie },
  );
  const closes: string[] = [];
  const heard: Kept[] = [];
  class Kept extends WebSocket {
    constructor(...parts: ConstructorParameters<typeof WebSocket>) {
      super(...parts);
      this.on("close", (code, reason) => closes.push(`${code} ${String(reason)}`));
      this.on("message", (data: Buffer) => {
        if (String(data).includes('"next"') && !heard.includes(this)) heard.push(this);
      });
    }
  }
  await using client = createClient({ url: people.url, apiKey: made.data.createApiKey.secret, webSocket: Kept });
  let isChanged = false;
  for await (const data of client.subscribe("subscription { systemUpdated { isPaused } }", {})) {
    expect(data).toMatchObject({ systemUpdated: { isPaused: false } });
    if (heard.length === 2) break;
    if (isChanged) continue;
    isChanged = true;
    const change = "mutation ($id: ID!) { setUserRole(input: { id: $id, role: VIEWER }) { __typename } }";
    await people.ask(change, { id: encodeId("User", id) }, { cookie: admin });
  }
  expect(closes[0]).toBe("4403 Access has changed");
});

test("integers beyond 2^53 in JSON stay exact with a parser that keeps them", async () => {
  const client = createClient({ url: studio.url, parseJson });
  const seed = { "1": { class_type: "SimulatorSleep", inputs: { ms: 0, seed: 18446744073709551001n } } };
  const workflowId = await studio.workflow("Long seed", {
    ...seed,
    "2": { class_type: "SimulatorOutput", inputs: { token: ["1", 0], filename_prefix: "pixel" } },
  });
  const { workflow } = await client.execute<{ workflow: { currentVersion: { graph: object } } }, { id: string }>(
    "query ($id: ID!) { workflow(id: $id) { currentVersion { graph } } }",
    { id: encodeId("Workflow", workflowId) },
  );
  expect(workflow.currentVersion.graph).toMatchObject(seed);
});
