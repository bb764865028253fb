import { availableBackends } from "#test/support/redis.ts";
import { startQueueStudio } from "#test/queue-studio.ts";

describe.each(await availableBackends())("on %s", (backend) => {
  test("a job runs to SUCCEEDED with its file in storage", async () => {
    await using studio = await startQueueStudio({ backend });
    const id = await studio.submit();
    const job = await studio.untilEnded(id);
    expect(job.status).toBe("SUCCEEDED");
    const [run] = job.runs;
    expect(run?.files).toEqual([`jobs/${id}/pixel/prompt_try01.png`]);
    expect(await studio.deps.storage.has(run?.outputs[0]?.asset.sha256 ?? "")).toBe(true);
  });

  test("300 runs of no length at concurrency 8, with sockets dropped at random, all succeed once", async () => {
    await using studio = await startQueueStudio({ backend });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 8 } });
    const [simulator] = studio.simulators;
    simulator?.setFault({ dropSocketsEvery: 37 });
    const ids = await Promise.all([1, 2, 3].map(() => studio.submit({ tries: 100 })));
    const jobs = await Promise.all(ids.map((id) => studio.untilEnded(id, 60_000)));
    expect(jobs.flatMap((job) => job.runs.map((run) => run.error)).filter(Boolean)).toEqual([]);
    for (const job of jobs) expect(job).toMatchObject({ status: "SUCCEEDED", succeeded: 100, pending: 0, active: 0 });
    const prompts = simulator?.executions.map((execution) => execution.promptId) ?? [];
    expect(prompts).toHaveLength(300);
    expect(new Set(prompts).size).toBe(300);
    const runs = jobs.flatMap((job) => job.runs);
    expect(runs.every((run) => run.attempt === 1 && run.outputs.length === 1)).toBe(true);
  }, 90_000);
});
