import { parseJson } from "#lib/json.ts";
import { startApi } from "#test/api/api-server.ts";
import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { type LogLine, ProductProcess } from "#test/support/product-process.ts";

const prompt = "a lantern seller under the arcade, warm light on wet stone";
const secret = "the-key-of-the-machines-0815";

let studio: QueueStudio;
let worker: ProductProcess;
const written: string[] = [];
const lines = () => written.map((line) => parseJson(line) as unknown as LogLine);
/** An API and, in a process of its own, a worker: both tell every step. */
beforeAll(async () => {
  studio = await startQueueStudio({
    roles: { api: true, worker: false },
    config: { logLevel: "debug", comfyApiKey: secret },
    logTo: { write: (line) => void written.push(line) },
  });
  worker = await ProductProcess.start(studio, "worker", { CALLSHEET_COMFY_API_KEY: secret });
});
afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await studio[Symbol.asyncDispose]();
});

const submit = `mutation SubmitLantern($input: SubmitJobInput!) {
  submitJob(input: $input) { __typename ... on SubmitJobPayload { job { id } } ... on Error { message } } }`;

async function post(query: string, variables: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${studio.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
}

test("an id that a request brings is answered with, and stands in every line of the worker about its runs", async () => {
  const { id: machineId } = await studio.deps.db.prisma.machine.findFirstOrThrow();
  await studio.deps.db.prisma.machine.update({ where: { id: machineId }, data: { apiKey: secret } });
  const workflowId = await studio.workflow("Lantern", {
    ...pictureGraph,
    "2": { ...pictureGraph["2"], inputs: { ...pictureGraph["2"].inputs, text: prompt } },
  });
  const answer = await post(
    submit,
    { input: { workflowId: Buffer.from(`Workflow:${workflowId}`).toString("base64") } },
    {
      "x-request-id": "shot-42/take.7",
      authorization: "Bearer cs_something-that-is-none",
      cookie: "session_token=crumbs",
    },
  );
  expect(answer.headers.get("x-request-id")).toBe("shot-42/take.7");
  const { data } = (await answer.json()) as { data: { submitJob: { job: { id: string } } } };
  const [job] = await studio.deps.db.prisma.job.findMany({ orderBy: { id: "desc" }, take: 1 });
  expect(data.submitJob.job.id).toBeTruthy();
  expect(job?.requestId).toBe("shot-42/take.7");
  await studio.untilEnded(job?.id ?? "");
  await worker.untilLine(({ event }) => event === "SUCCEEDED");
  const ofRun = worker.lines.filter((line) => line["runId"] !== undefined);
  expect(ofRun.length).toBeGreaterThan(3);
  for (const line of ofRun) expect(line).toMatchObject({ requestId: "shot-42/take.7", jobId: job?.id, attempt: 1 });
});

test("a run that fails tells why without the texts that it was given", async () => {
  const workflowId = await studio.workflow("Broken", {
    ...pictureGraph,
    "2": { ...pictureGraph["2"], inputs: { ...pictureGraph["2"].inputs, text: prompt } },
    "10": { class_type: "SimulatorSleep", inputs: { ms: 0, seed: 1 } },
    "8": { class_type: "SimulatorFail", inputs: { message: `no film for ${prompt}`, token: ["10", 0] } },
    "9": { class_type: "SimulatorOutput", inputs: { token: ["8", 0], filename_prefix: "x" } },
  });
  const job = await studio.untilEnded(await studio.submit({ workflowId }));
  expect(job.status).toBe("FAILED");
  const line = await worker.untilLine(({ event }) => event === "FAILED");
  expect(line.msg).toContain("[prompt]");
});

test("in all that both processes have written there is no text of a prompt, no key and no cookie", () => {
  const all = [...written, ...worker.lines.map((line) => JSON.stringify(line))].join("\n");
  expect(all.split("\n").length).toBeGreaterThan(9);
  for (const hidden of [prompt, "lantern seller", "a lantern", secret, "something-that-is-none", "crumbs"])
    expect(all).not.toContain(hidden);
});

test("an id that could forge a line is not taken", async () => {
  for (const given of ['x" evil', "a".repeat(200), "{}"]) {
    const answer = await fetch(`${studio.url}/healthz`, { headers: { "x-request-id": given } });
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test("an operation that takes long is told of with its name, its cost and its statements", async () => {
  await using api = await startApi(studio, { config: { limits: { slowOperationMs: 1 } } });
  const answer = await api.post(
    "query ManyJobs { jobs(first: 50) { totalCount nodes { id name runs { nodes { id } } } } }",
  );
  expect(answer.errors).toBeUndefined();
  const slow = lines().find(({ event }) => event === "SLOW_OPERATION");
  expect(slow).toMatchObject({
    operation: "ManyJobs",
    type: "query",
    requestId: answer.headers.get("x-request-id"),
    cost: expect.any(Number),
    statements: expect.any(Number),
  });
  expect(slow?.["statements"]).toBeGreaterThan(0);
});
