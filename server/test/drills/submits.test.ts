import { AppProcess } from "#test/drills/app-process.ts";
import { allWell, audit } from "#test/drills/audit.ts";
import { encodeId } from "#graphql/ids.ts";
import { startQueueStudio } from "#test/queue-studio.ts";
import { availableBackends } from "#test/support/redis.ts";

const submits = Math.round(Number(process.env["DRILL_RUNS"] ?? 300) / 4);
const submit = `mutation ($id: ID!, $key: String!) {
  submitJob(input: { workflowId: $id, idempotencyKey: $key, tries: 2 }) { ... on SubmitJobPayload { job { id } } ... on Error { message } } }`;

test.each(await availableBackends())(
  "on %s: the server is killed -9 during submits; repeats with the same keys lose nothing and double nothing",
  async (backend) => {
    await using studio = await startQueueStudio({
      backend,
      roles: { worker: false },
      simulators: [{}, {}],
      config: { worker: { lockDurationMs: 1_000 } },
    });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 4 } });
    await using one = new AppProcess(studio, { api: true, worker: true });
    await using two = new AppProcess(studio, { api: true, worker: true });
    await Promise.all([one.start(), two.start()]);
    const variables = (key: string) => ({ id: encodeId("Workflow", studio.workflowId), key });
    /** Asks the one, and the other when that one is gone, until somebody answers: as a careful client does. */
    const submitCarefully = async (key: string): Promise<string> => {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const { url } = (key.length + attempt) % 2 ? one : two;
        try {
          const response = await fetch(`${url}/graphql`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ query: submit, variables: variables(key) }),
            signal: AbortSignal.timeout(5_000),
          });
          const { data } = (await response.json()) as {
            data: { submitJob: { job?: { id: string }; message?: string } };
          };
          if (data.submitJob.job) return data.submitJob.job.id;
          throw new Error(data.submitJob.message);
        } catch (error) {
          // By name: fetch's errors come from outside of the test's realm.
          if (!["TypeError", "TimeoutError", "SyntaxError"].includes((error as Error).name)) throw error;
          await studio.until("an API to be back", () => one.isUp || two.isUp);
        }
      }
      throw new Error("no API ever answered");
    };
    const answers = new Map<string, Set<string>>();
    let done = 0;
    const killer = (async () => {
      for (const [at, victim] of [
        [0.2, one],
        [0.4, two],
        [0.6, one],
        [0.8, two],
      ] as const) {
        await studio.until("some submits", () => done >= at * submits);
        await victim.kill();
        await victim.start();
      }
    })();
    const keys = Array.from({ length: submits }, (_, n) => `key ${"x".repeat(n % 2)}${n}`);
    const waiting = [...keys];
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
          // Twice at once, and once more after the answer.
          const both = await Promise.all([submitCarefully(key), submitCarefully(key)]);
          answers.set(key, new Set([...both, await submitCarefully(key)]));
          done += 1;
        }
      }),
    );
    await killer;
    for (const [key, ids] of answers) expect([key, ids.size]).toEqual([key, 1]);
    const jobs = await studio.deps.db.prisma.job.findMany({ select: { id: true, idempotencyKey: true } });
    expect(jobs.map((job) => job.idempotencyKey).toSorted()).toEqual(keys.toSorted());
    await Promise.all(jobs.map(({ id }) => studio.untilEnded(id)));
    expect(await audit(studio)).toEqual(allWell);
    expect(await studio.deps.db.prisma.run.groupBy({ by: ["status"], _count: true })).toEqual([
      { status: "SUCCEEDED", _count: submits * 2 },
    ]);
  },
);
