import { retryJob } from "#domains/queue/jobs.service.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import type { SubmitInput } from "#domains/queue/submit/submit-input.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
let free: string;
let bounded: string;

beforeAll(async () => {
  studio = await startQueueStudio({ simulators: [] });
  free = await studio.workflow("Free", pictureGraph);
  const parameters = { seed: { type: "seed", node: "5", min: 10, max: 100 } };
  const source = JSON.stringify({ template_inline: pictureGraph, parameters });
  bounded = (await importWorkflow(studio.deps, { name: "Bounded", source, removeOrphans: false })).workflow.id;
});
afterAll(() => studio[Symbol.asyncDispose]());

/** The seeds on the runs; those in their graphs must equal them. */
async function seedsOf(input: Partial<SubmitInput>): Promise<bigint[]> {
  const { runs } = await studio.job(await studio.submit({ workflowId: free, ...input }));
  expect(runs.map((run) => BigInt(run.graph["5"]?.inputs.seed as number | bigint))).toEqual(
    runs.map((run) => run.seed),
  );
  return runs.map((run) => run.seed);
}
const refused = (input: Partial<SubmitInput>) =>
  submitJob(studio.deps, studio.admin, { workflowId: bounded, ...input }).then(
    () => null,
    (error: unknown) => error,
  );

test.each([
  [2n ** 53n - 1n, [2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n]],
  [2n ** 64n - 2n, [2n ** 64n - 2n, 2n ** 64n - 1n, 0n]],
])("INCREMENT from %d is exact on the runs and in their graphs", async (seed, expected) => {
  expect(await seedsOf({ seedMode: "INCREMENT", seed, tries: 3 })).toEqual(expected);
  expect(await seedsOf({ seedMode: "INCREMENT", params: { seed: seed.toString() }, tries: 3 })).toEqual(expected);
});

test("INCREMENT goes on at the least seed that the workflow takes after the greatest", async () => {
  const input = { workflowId: bounded, seedMode: "INCREMENT" as const, tries: 4 };
  expect(await seedsOf({ ...input, seed: 99n })).toEqual([99n, 100n, 10n, 11n]);
});

test("seeds that are drawn, also for a retry, are such that the workflow takes", async () => {
  for (const seedMode of ["RANDOM", "FIXED", "INCREMENT"] as const)
    for (const seed of await seedsOf({ workflowId: bounded, seedMode, tries: 50 }))
      expect(seed >= 10n && seed <= 100n).toBe(true);
  const id = await studio.submit({ workflowId: bounded, tries: 20 });
  await studio.deps.db.pool.query(`UPDATE run SET status = 'FAILED', finished_at = now() WHERE job_id = $1`, [id]);
  await studio.deps.db.pool.query(`UPDATE job SET pending = 0, failed = 20, finished_at = now() WHERE id = $1`, [id]);
  await retryJob(studio.deps, studio.admin, id, { newSeeds: true });
  for (const { seed } of (await studio.job(id)).runs) expect(seed >= 10n && seed <= 100n).toBe(true);
});

test("a seed outside the workflow's range, and more counted runs than it has seeds, are refused", async () => {
  const tooMany = { seedMode: "INCREMENT", tries: 92 } as const;
  expect(await refused({ seedMode: "FIXED", seed: 101n })).toMatchObject({
    kind: "ValidationError",
    path: ["seed"],
    message: expect.stringContaining("10 to 100"),
  });
  expect(await refused({ params: { seed: 9 } })).toMatchObject({ path: ["params", "seed"] });
  expect(await refused(tooMany)).toMatchObject({ path: ["seedMode"], message: expect.stringContaining("92 runs") });
  expect(await seedsOf({ workflowId: bounded, ...tooMany, tries: 91 })).toHaveLength(91);
});
