import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
beforeAll(async () => {
  studio = await startQueueStudio({ roles: { api: true, worker: true } });
});
afterAll(() => studio[Symbol.asyncDispose]());

const post = (query: string) =>
  fetch(`${studio.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });

/** The lines of a scrape that begin so. */
async function scrape(beginning: string): Promise<string[]> {
  const answer = await fetch(`${studio.url}/metrics`);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
  return (await answer.text()).split("\n").filter((line) => line.startsWith(beginning));
}

test("runs that ended are counted by state and code, with the times that they took", async () => {
  const broken = await studio.workflow("Broken", {
    "1": { class_type: "SimulatorSleep", inputs: { ms: 0, seed: 1 } },
    "2": { class_type: "SimulatorFail", inputs: { message: "no film", token: ["1", 0] } },
    "3": { class_type: "SimulatorOutput", inputs: { token: ["2", 0], filename_prefix: "x" } },
  });
  await studio.untilEnded(await studio.submit({ tries: 3, ms: 120 }));
  await studio.untilEnded(await studio.submit({ workflowId: broken }));
  // What is counted follows what is written.
  await studio.until("the ends to be counted", async () => (await scrape("callsheet_runs_ended_total")).length === 2);
  expect(await scrape("callsheet_runs_ended_total")).toEqual([
    'callsheet_runs_ended_total{pool="default",status="SUCCEEDED"} 3',
    'callsheet_runs_ended_total{pool="default",status="FAILED"} 1',
  ]);
  expect(await scrape("callsheet_run_failures_total")).toEqual([
    'callsheet_run_failures_total{code="EXECUTION_ERROR",final="true"} 1',
  ]);
  for (const [name, count] of [
    ["wait", 4],
    ["execution", 3],
    ["transfer", 3],
  ] as const)
    expect(await scrape(`callsheet_run_${name}_seconds_count`)).toEqual([
      `callsheet_run_${name}_seconds_count{pool="default"} ${count}`,
    ]);
  const [sum] = await scrape("callsheet_run_execution_seconds_sum");
  expect(Number(sum?.split(" ")[1])).toBeGreaterThan(0.3);
});

test("the queue, pauses, machines and workers are told as they are", async () => {
  await studio.workflow("Lantern", pictureGraph);
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "pool:night" } });
  await studio.submit({ pool: "night", tries: 5 });
  await studio.deps.db.prisma.machine.updateMany({ data: { isPaused: true } });
  const lines = await scrape("callsheet_");
  expect(lines).toEqual(
    expect.arrayContaining([
      'callsheet_queue_runs{pool="night",state="pending"} 5',
      'callsheet_queue_paused{scope="pool:night"} 1',
      expect.stringMatching(/^callsheet_queue_oldest_pending_seconds\{pool="night"\} \d/),
      'callsheet_machine_state{machine="machine-1",state="paused"} 1',
      'callsheet_machine_state{machine="machine-1",state="ready"} 0',
      'callsheet_machine_places{machine="machine-1",kind="all"} 1',
      'callsheet_workers{state="alive"} 1',
      expect.stringMatching(/^callsheet_event_loop_delay_seconds\{quantile="0.99"\} \d/),
      expect.stringMatching(/^callsheet_database_connections\{pool="durable",state="open"\} \d/),
      expect.stringMatching(/^callsheet_process_memory_bytes\{kind="resident"\} \d+/),
    ]),
  );
});

test("a scrape costs a few statements, however many runs there are", async () => {
  studio.takeStatements();
  await Promise.all([scrape("x"), scrape("x"), scrape("x")]);
  // The dispatcher asks for the same tables at its own times.
  const ofScrapes = studio
    .takeStatements()
    .filter((sql) => /queue_pause|FROM machine m|FROM job WHERE/.test(sql) && !sql.includes("WITH listed"));
  // Queue, machines and pauses: three for each of the three.
  expect(ofScrapes.length).toBeLessThanOrEqual(9);
});

test("operations are counted by their names and timed, errors by code, requests by route", async () => {
  await post("query Who { viewer { name } }");
  await post("query Who { viewer { name } }");
  await post("{ viewer { name } }");
  await post('query Lost { job(id: "junk") { id } }');
  await post("mutation Wrong { no }");
  await post("query Far { jobs(first: 201) { totalCount } }");
  expect(await scrape("callsheet_graphql_errors_total")).toContain(
    'callsheet_graphql_errors_total{code="BAD_USER_INPUT"} 1',
  );
  const counts = await scrape("callsheet_graphql_operation_seconds_count");
  expect(counts).toEqual(
    expect.arrayContaining([
      'callsheet_graphql_operation_seconds_count{operation="Who",type="query"} 2',
      'callsheet_graphql_operation_seconds_count{operation="anonymous",type="query"} 1',
    ]),
  );
  expect(await scrape("callsheet_http_request_seconds_count")).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^callsheet_http_request_seconds_count\{method="POST",route="\/graphql",status="2xx"\} \d+$/,
      ),
      'callsheet_http_request_seconds_count{method="POST",route="/graphql",status="4xx"} 1',
    ]),
  );
});

test("names that a client makes up do not become figures of their own without end", async () => {
  for (let n = 0; n < 210; n += 1) await post(`query Made${n} { viewer { name } }`);
  const names = (await scrape("callsheet_graphql_operation_seconds_count")).map(
    (line) => /operation="(\w+)"/.exec(line)?.[1],
  );
  expect(new Set(names).size).toBeLessThanOrEqual(202);
  expect(names).toContain("other");
  await fetch(`${studio.url}/no/such/${"x".repeat(50)}`);
  const routes = (await scrape("callsheet_http_request_seconds_count")).map(
    (line) => /route="([^"]*)"/.exec(line)?.[1],
  );
  expect(routes).toContain("none");
  expect(routes.join()).not.toContain("xxx");
});
