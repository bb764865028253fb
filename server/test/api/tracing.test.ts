import { pictureGraph, startQueueStudio } from "#test/queue-studio.ts";
import { availableBackends } from "#test/support/redis.ts";
import { type CollectedSpan, TraceCollector } from "#test/support/trace-collector.ts";
import { ProductProcess } from "#test/support/product-process.ts";

const prompt = "a lantern seller under the arcade, warm light on wet stone";
const key = "the-key-of-the-machine-0815";
const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

let collector: TraceCollector;
beforeAll(async () => {
  collector = await TraceCollector.start();
  // The library reads its own variables, in the process itself.
  process.env["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.url;
});
afterAll(async () => {
  delete process.env["OTEL_EXPORTER_OTLP_ENDPOINT"];
  await collector[Symbol.asyncDispose]();
});
beforeEach(() => {
  collector.spans.length = 0;
  collector.bodies.length = 0;
});

/** Submits over HTTP and waits for the end; the traces are with the collector when it returns. */
async function runTraced(options: Parameters<typeof startQueueStudio>[0], hasOwnWorker: boolean): Promise<void> {
  const studio = await startQueueStudio({ ...options, config: { tracing: { serviceName: "callsheet-api" } } });
  const worker = hasOwnWorker
    ? await ProductProcess.start(studio, "worker", {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_SERVICE_NAME: "callsheet-worker",
      })
    : undefined;
  await studio.deps.db.prisma.machine.updateMany({ data: { apiKey: key } });
  const workflowId = await studio.workflow("Lantern", {
    ...pictureGraph,
    "2": { ...pictureGraph["2"], inputs: { ...pictureGraph["2"].inputs, text: prompt } },
  });
  const response = await fetch(`${studio.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", traceparent, cookie: "session_token=crumbs" },
    body: JSON.stringify({
      query: "mutation SubmitLantern($input: SubmitJobInput!) { submitJob(input: $input) { __typename } }",
      variables: { input: { workflowId: Buffer.from(`Workflow:${workflowId}`).toString("base64") } },
    }),
  });
  expect(await response.json()).toEqual({ data: { submitJob: { __typename: "SubmitJobPayload" } } });
  const { id } = await studio.deps.db.prisma.job.findFirstOrThrow();
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  await worker?.[Symbol.asyncDispose]();
  await studio[Symbol.asyncDispose]();
}

/** Names of a span and of those around it, from the inside out. */
function pathOf(span: CollectedSpan | undefined): string[] {
  if (!span) return [];
  const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [`${span.service}: ${span.name}`, ...pathOf(parent)];
}

const posted = () => collector.spans.find(({ name }) => name === "POST /prompt");

test.each(await availableBackends())(
  "one trace leads from the mutation through BullMQ on %s to the machine's POST /prompt",
  async (backend) => {
    await runTraced({ backend, roles: { api: true, worker: false } }, true);
    expect(posted()).toMatchObject({
      traceId: traceparent.split("-")[1],
      attributes: { "http.response.status_code": 200 },
    });
    expect(pathOf(posted())).toEqual([
      "callsheet-worker: POST /prompt",
      "callsheet-worker: run",
      "callsheet-worker: process runs",
      "callsheet-api: add runs.execute",
      "callsheet-api: mutation SubmitLantern",
      "callsheet-api: POST /graphql",
    ]);
  },
);

test("where one process does everything the trace is the same, without the way through BullMQ", async () => {
  await runTraced({ roles: { api: true, worker: true } }, false);
  expect(pathOf(posted())).toEqual([
    "callsheet-api: POST /prompt",
    "callsheet-api: run",
    "callsheet-api: mutation SubmitLantern",
    "callsheet-api: POST /graphql",
  ]);
  expect(posted()?.traceId).toBe(traceparent.split("-")[1]);
});

test("spans tell of no text of a prompt, no key and no cookie", async () => {
  await runTraced({ roles: { api: true, worker: true } }, false);
  expect(collector.spans.length).toBeGreaterThan(5);
  expect(collector.bodies.join("\n")).not.toMatch(/lantern seller|the-key-of|crumbs/);
});

test("nothing is traced where nobody asks for it", async () => {
  await using studio = await startQueueStudio({ roles: { api: true, worker: true } });
  await studio.untilEnded(await studio.submit());
  expect(studio.config.tracing).toBeUndefined();
  const job = await studio.deps.db.prisma.job.findFirstOrThrow();
  expect(job.traceparent).toBeNull();
  expect(collector.spans).toEqual([]);
});
