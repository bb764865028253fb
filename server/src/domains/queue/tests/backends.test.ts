import { availableBackends } from "#test/support/redis.ts";
import { startQueueStudio } from "#test/queue-studio.ts";

const hundreds = Math.max(1, Math.round(Number(process.env["DRILL_RUNS"] ?? 300) / 100));

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

  test(
    "hundreds of runs of no length at concurrency 8, with sockets dropped at random, all succeed once",
    async () => {
      await using studio = await startQueueStudio({ backend });
      await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 8 } });
      const [simulator] = studio.simulators;
      simulator?.setFault({ dropSocketsEvery: 37 });
      const ids = await Promise.all(
        Array.from({ length: hundreds }, (_, n) => studio.submit({ ms: n % 2 ? 10 : 0, tries: 100 })),
      );
      const jobs = await Promise.all(ids.map((id) => studio.untilEnded(id, 100_000 * hundreds)));
      expect(jobs.flatMap((job) => job.runs.map((run) => run.error)).filter(Boolean)).toEqual([]);
      for (const job of jobs) expect(job).toMatchObject({ status: "SUCCEEDED", succeeded: 100, pending: 0, active: 0 });
      const prompts = simulator?.executions.map((execution) => execution.promptId) ?? [];
      expect(prompts).toHaveLength(hundreds * 100);
      expect(new Set(prompts).size).toBe(hundreds * 100);
      const runs = jobs.flatMap((job) => job.runs);
      expect(runs.every((run) => run.attempt === 1 && run.outputs.length === 1)).toBe(true);
    },
    100_000 * hundreds,
  );
});
