import fc from "fast-check";
import { cancelJob, retryJob, setJobPaused, setJobPriority } from "#domains/queue/jobs.service.ts";
import { mayBecome } from "#domains/queue/logic/run-status.ts";
import { transition } from "#domains/queue/transition.ts";
import { RunStatus } from "#platform/db/generated/enums.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

const statuses = Object.values(RunStatus);

/** As the specification has it, written down apart from the code. */
const allowed: Record<RunStatus, RunStatus[]> = {
  PENDING: ["CLAIMED", "CANCELED"],
  CLAIMED: ["SUBMITTED", "FAILED", "CANCELING", "PENDING"],
  SUBMITTED: ["RUNNING", "FAILED", "CANCELING", "PENDING"],
  RUNNING: ["COLLECTING", "FAILED", "CANCELING", "PENDING"],
  COLLECTING: ["SUCCEEDED", "FAILED"],
  CANCELING: ["CANCELED", "COLLECTING", "FAILED"],
  SUCCEEDED: [],
  FAILED: ["PENDING"],
  CANCELED: ["PENDING"],
};

/** The jobs' counters as they are, and as their runs say they should be. */
async function counters({ deps }: QueueStudio) {
  const { rows } = await deps.db.pool.query(
    `SELECT job.id, total, pending, active, canceling, succeeded, failed, canceled, job.finished_at IS NOT NULL AS finished,
       counted.*, counted.open = 0 AS over
     FROM job JOIN (
       SELECT job_id, count(*)::int AS n, count(*) FILTER (WHERE status = 'PENDING')::int AS n_pending,
         count(*) FILTER (WHERE status IN ('CLAIMED', 'SUBMITTED', 'RUNNING', 'COLLECTING'))::int AS n_active,
         count(*) FILTER (WHERE status = 'CANCELING')::int AS n_canceling,
         count(*) FILTER (WHERE status = 'SUCCEEDED')::int AS n_succeeded, count(*) FILTER (WHERE status = 'FAILED')::int AS n_failed,
         count(*) FILTER (WHERE status = 'CANCELED')::int AS n_canceled,
         count(*) FILTER (WHERE status NOT IN ('SUCCEEDED', 'FAILED', 'CANCELED'))::int AS open
       FROM run GROUP BY job_id) counted ON counted.job_id = job.id`,
  );
  return rows.map((row) => ({
    told: [row.total, row.pending, row.active, row.canceling, row.succeeded, row.failed, row.canceled, row.finished],
    counted: [
      row.n,
      row.n_pending,
      row.n_active,
      row.n_canceling,
      row.n_succeeded,
      row.n_failed,
      row.n_canceled,
      row.over,
    ],
  }));
}

describe("transition", () => {
  let studio: QueueStudio;
  beforeAll(async () => {
    studio = await startQueueStudio({ roles: { worker: false }, simulators: [] });
  });
  afterAll(() => studio[Symbol.asyncDispose]());

  test("knows exactly the pairs of the table", () => {
    for (const from of statuses)
      expect(statuses.filter((to) => mayBecome(from, to)).toSorted()).toEqual(allowed[from].toSorted());
  });

  test("refuses every other pair before it touches a row", async () => {
    for (const from of statuses) {
      for (const to of statuses.filter((each) => !allowed[from].includes(each))) {
        await expect(transition(studio.deps.db.pool, { runIds: [], from: [from], to })).rejects.toThrow(
          `from ${from} to ${to}`,
        );
      }
    }
  });

  test("walks any path of the table with counters that equal the runs, and leaves runs in other states alone", async () => {
    const pool = studio.deps.db.pool;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(4), fc.constantFrom(...statuses)), { minLength: 5, maxLength: 40 }),
        async (steps) => {
          const id = await studio.submit({ tries: 5 });
          const { runs } = await studio.job(id);
          const present = runs.map((run): RunStatus => run.status);
          for (const [index, to] of steps) {
            const from = statuses.filter((each) => mayBecome(each, to));
            if (from.length === 0) continue;
            const moved = await transition(pool, { runIds: [runs[index]?.id ?? ""], from, to });
            const shouldMove = mayBecome(present[index] as RunStatus, to);
            expect(moved).toHaveLength(shouldMove ? 1 : 0);
            if (shouldMove) present[index] = to;
          }
          const after = await studio.job(id);
          expect(after.runs.map((run) => run.status)).toEqual(present);
          for (const { told, counted } of await counters(studio)) expect(told).toEqual(counted);
        },
      ),
      { numRuns: 15 },
    );
  });

  test("asked for by many at once is made once", async () => {
    const id = await studio.submit({ tries: 3 });
    const runIds = (await studio.job(id)).runs.map((run) => run.id);
    const { pool } = studio.deps.db;
    const race = (from: RunStatus[], to: RunStatus) =>
      Promise.all(Array.from({ length: 8 }, () => transition(pool, { runIds, from, to })));
    for (const [from, to] of [
      [["PENDING"], "CLAIMED"],
      [["CLAIMED"], "CANCELING"],
      [["CANCELING"], "CANCELED"],
    ] as const) {
      const moved = (await race([...from], to)).flat();
      expect(moved.map((run) => run.id).toSorted()).toEqual(runIds.toSorted());
    }
    expect(await studio.job(id)).toMatchObject({
      status: "CANCELED",
      canceled: 3,
      pending: 0,
      active: 0,
      canceling: 0,
    });
  });

  test("of an attempt that is over does nothing", async () => {
    const id = await studio.submit();
    const [run] = (await studio.job(id)).runs;
    await studio.deps.db.pool.query(
      `UPDATE run SET comfy_prompt_id = gen_random_uuid(), status = 'RUNNING' WHERE id = $1`,
      [run?.id],
    );
    await studio.deps.db.pool.query(`UPDATE job SET pending = 0, active = 1 WHERE id = $1`, [id]);
    const moved = await transition(studio.deps.db.pool, {
      runIds: [run?.id ?? ""],
      comfyPromptId: "00000000-0000-4000-8000-000000000000",
      from: ["RUNNING"],
      to: "FAILED",
    });
    expect(moved).toEqual([]);
    expect((await studio.job(id)).runs[0]?.status).toBe("RUNNING");
  });
});

test("storms of submit, cancel, retry, pause and priority leave counters that equal the runs, and every run ended", async () => {
  await using studio = await startQueueStudio({ simulators: [{}, {}] });
  const { deps, admin } = studio;
  await deps.db.prisma.machine.updateMany({ data: { concurrency: 3 } });
  const ids = await Promise.all([1, 2, 3].map(() => studio.submit({ tries: 8, ms: 5 })));
  const random = (below: number): number => Math.floor(Math.random() * below);
  const actions = [
    () => studio.submit({ tries: 1 + random(4), ms: random(10) }).then((id) => ids.push(id)),
    (id: string) => cancelJob(deps, admin, id, random(2) ? "NOW" : "AFTER_CURRENT"),
    (id: string) => retryJob(deps, admin, id, { newSeeds: random(2) === 1 }),
    (id: string) => setJobPaused(deps, admin, id, true),
    (id: string) => setJobPaused(deps, admin, id, false),
    (id: string) => setJobPriority(deps, admin, id, random(10)),
  ];
  for (let round = 0; round < 12; round += 1) {
    await Promise.all(
      Array.from({ length: 12 }, () => actions[random(actions.length)]?.(ids[random(ids.length)] as string)),
    );
    for (const { told, counted } of await counters(studio)) expect(told).toEqual(counted);
  }
  await Promise.all(ids.map((id) => setJobPaused(deps, admin, id, false)));
  const jobs = await Promise.all(ids.map((id) => studio.untilEnded(id)));
  for (const { told, counted } of await counters(studio)) expect(told).toEqual(counted);
  expect(new Set(jobs.flatMap((job) => job.runs.map((run) => run.status)))).not.toContain("FAILED");
  for (const run of jobs.flatMap((job) => job.runs))
    expect(run.outputs).toHaveLength(run.status === "SUCCEEDED" ? 1 : 0);
});
