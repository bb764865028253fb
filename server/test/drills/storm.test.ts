import { allWell, audit } from "#test/drills/audit.ts";
import { encodeId } from "#graphql/ids.ts";
import { startQueueStudio } from "#test/queue-studio.ts";
import { availableBackends } from "#test/support/redis.ts";

/** A thousand in `npm run drills`. */
const calls = Math.min(Number(process.env["DRILL_RUNS"] ?? 300), 1_000);
const cancel = `mutation ($id: ID!, $mode: CancelMode!) {
  cancelJob(input: { id: $id, mode: $mode }) { ... on CancelJobPayload { alreadyEndedCount } ... on Error { message } } }`;
const retry = `mutation ($id: ID!) {
  retryJob(input: { id: $id, newSeeds: true }) { ... on RetryJobPayload { retriedCount } ... on Error { message } } }`;

test.each(await availableBackends())(
  "on %s: hundreds of cancels and retries at once end in one state that all counters tell of",
  async (backend) => {
    await using studio = await startQueueStudio({
      backend,
      simulators: [{}, {}],
      config: { limits: { requestTimeoutMs: 200_000 } },
    });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 4 } });
    const jobId = await studio.submit({ ms: 20, tries: 24 });
    const id = encodeId("Job", jobId);
    const answers = await Promise.all(
      Array.from({ length: calls }, (_, call) =>
        call % 3 === 0
          ? studio.execute(retry, { id })
          : studio.execute(cancel, { id, mode: call % 3 === 1 ? "NOW" : "AFTER_CURRENT" }),
      ),
    );
    for (const answer of answers) expect(Object.values(answer)).not.toContainEqual({ message: expect.anything() });
    await studio.execute(cancel, { id, mode: "NOW" });
    const ended = await studio.untilEnded(jobId);
    expect(ended.succeeded + ended.canceled).toBe(24);
    expect(await audit(studio)).toEqual({ ...allWell, executedTwice: expect.any(Array) });
    // Repeats change nothing any more.
    const again = await Promise.all(Array.from({ length: 20 }, () => studio.execute(cancel, { id, mode: "NOW" })));
    expect(new Set(again.map((answer) => answer.cancelJob.alreadyEndedCount))).toEqual(new Set([24]));
    const { runs: _, ...after } = await studio.job(jobId);
    const { runs: __, ...before } = ended;
    expect(after).toEqual(before);
    await studio.execute(retry, { id });
    expect(await studio.untilEnded(jobId)).toMatchObject({ status: "SUCCEEDED", succeeded: 24 });
  },
);
