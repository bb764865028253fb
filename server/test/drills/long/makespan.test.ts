import { pictureGraph, startQueueStudio } from "#test/queue-studio.ts";

/** The end of the work may have one run on the slow machine alone: enough runs that this weighs little. */
const runs = 64;
const slowStepMs = 400;

test("two machines, one of them four times as fast, need at most a tenth more than the least possible time", async () => {
  await using studio = await startQueueStudio({
    simulators: [{ stepMs: slowStepMs }, { stepMs: slowStepMs, speed: 4 }],
  });
  const workflowId = await studio.workflow("Lantern", {
    ...pictureGraph,
    "5": { ...pictureGraph["5"], inputs: { ...pictureGraph["5"].inputs, steps: 4 } },
  });
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const id = await studio.submit({ workflowId, tries: runs });
  await studio.deps.db.prisma.queuePause.deleteMany();
  await studio.deps.runQueue.dispatch();
  expect((await studio.untilEnded(id, 120_000)).status).toBe("SUCCEEDED");
  const executions = studio.simulators.map((simulator) => simulator.executions);
  const all = executions.flat();
  const needed = Math.max(...all.map((each) => each.endedAt ?? 0)) - Math.min(...all.map((each) => each.startedAt));
  const [slow, fast] = executions.map((each) => median(each.map((one) => (one.endedAt ?? 0) - one.startedAt)));
  const ideal = leastTime(runs, slow ?? 0, fast ?? 0);
  expect(needed / ideal).toBeLessThanOrEqual(1.1);
  expect(executions[1]?.length).toBeGreaterThan((executions[0]?.length ?? 0) * 3);
}, 180_000);

/** However the runs are shared out, the later of the two ends; the best way of all. */
function leastTime(count: number, slow: number, fast: number): number {
  return Math.min(
    ...Array.from({ length: count + 1 }, (_, onSlow) => Math.max(onSlow * slow, (count - onSlow) * fast)),
  );
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
