import { encodeId } from "#graphql/ids.ts";
import { pictureGraph, type QueueStudio, sleepGraph, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
let sleeper: string;
beforeAll(async () => {
  studio = await startQueueStudio({ config: { prices: { image: 2, videoSecond: undefined } } });
  sleeper = await studio.workflow("Sleeper", sleepGraph(300));
});
afterAll(() => studio[Symbol.asyncDispose]());

const estimateOf = async (workflowId: string, input: object = {}) => {
  const { preflightJob } = await studio.execute(
    `query ($input: SubmitJobInput!) { preflightJob(input: $input) {
      estimate { runCount sampleCount credits machineSecs { p50 p90 } elapsedSecs { p50 p90 } }
    } }`,
    { input: { workflowId: encodeId("Workflow", workflowId), ...input } },
  );
  return preflightJob.estimate;
};

test("what never ran has no time, and its price all the same", async () => {
  const pictures = await studio.workflow("Picture", pictureGraph);
  expect(await estimateOf(pictures, { tries: 3 })).toEqual({
    runCount: 3,
    sampleCount: 0,
    credits: 6,
    machineSecs: null,
    elapsedSecs: null,
  });
});

test("what ran before tells how long it takes, on this pool only", async () => {
  const id = await studio.submit({ workflowId: sleeper, tries: 3 });
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  const estimate = await estimateOf(sleeper, { tries: 10 });
  expect(estimate).toMatchObject({ runCount: 10, sampleCount: 3 });
  expect(estimate.machineSecs.p50).toBeGreaterThan(2);
  expect(estimate.machineSecs.p90).toBeGreaterThanOrEqual(estimate.machineSecs.p50);
  expect(estimate.elapsedSecs.p50).toBeCloseTo(estimate.machineSecs.p50);
  expect(estimate.elapsedSecs.p90).toBeCloseTo(estimate.machineSecs.p90);
  expect((await estimateOf(sleeper, { pool: "elsewhere" })).machineSecs).toBeNull();
});

test("a run tells waiting, execution and transfer apart", async () => {
  const id = await studio.submit({ workflowId: sleeper });
  await studio.untilEnded(id);
  const { job } = await studio.execute(
    `query ($id: ID!) { job(id: $id) { remainingSecs expectedFinishAt
      runs { nodes { waitSecs executionSecs transferSecs createdAt finishedAt } } } }`,
    { id: encodeId("Job", id) },
  );
  expect(job).toMatchObject({ remainingSecs: 0, expectedFinishAt: null });
  const [run] = job.runs.nodes;
  expect(run.executionSecs).toBeGreaterThan(0.2);
  const whole = (Date.parse(run.finishedAt) - Date.parse(run.createdAt)) / 1000;
  expect(run.waitSecs + run.executionSecs + run.transferSecs).toBeCloseTo(whole, 2);
});

test("job, pool and queue tell what is left while they wait, and how much was done lately", async () => {
  const { deps } = studio;
  await deps.db.prisma.queuePause.create({ data: { scope: "pool:default" } });
  try {
    const id = await studio.submit({ workflowId: sleeper, tries: 20 });
    const { job, systemStatus } = await studio.execute(
      `query ($id: ID!) { job(id: $id) { remainingSecs expectedFinishAt }
        systemStatus { throughputPerMinute remainingSecs expectedFinishAt pools { name remainingSecs throughputPerMinute } } }`,
      { id: encodeId("Job", id) },
    );
    expect(job.remainingSecs).toBeGreaterThan(4);
    expect(Date.parse(job.expectedFinishAt)).toBeGreaterThan(Date.now());
    expect(systemStatus.remainingSecs).toBeCloseTo(job.remainingSecs, 5);
    expect(systemStatus.throughputPerMinute).toBeCloseTo(0.4, 5);
    expect(systemStatus.pools).toEqual([
      {
        name: "default",
        remainingSecs: systemStatus.remainingSecs,
        throughputPerMinute: systemStatus.throughputPerMinute,
      },
    ]);
    const unknown = await studio.submit({ ms: 1 });
    const after = await studio.execute(
      `query ($id: ID!) { job(id: $id) { remainingSecs } systemStatus { remainingSecs } }`,
      {
        id: encodeId("Job", unknown),
      },
    );
    expect(after).toEqual({ job: { remainingSecs: null }, systemStatus: { remainingSecs: null } });
  } finally {
    await deps.db.prisma.queuePause.deleteMany();
  }
});
