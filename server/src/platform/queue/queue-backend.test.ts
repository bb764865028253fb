import pg from "pg";
import { openQueueBackend, type QueueBackend } from "#platform/queue/queue-backend.ts";
import { createTestDatabase } from "#test/test-database.ts";

const open = (databaseUrl: string): Promise<QueueBackend> =>
  openQueueBackend({ databaseUrl, redisUrl: undefined, redisPrefix: "" });

test("two processes that open it on a database without BullMQ's tables both can use it", async () => {
  await using database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("DROP SCHEMA bullmq CASCADE");
  await client.end();
  const [one, two] = await Promise.all([open(database.url), open(database.url)]);
  await using _one = one;
  await using _two = two;
  const queue = one.queue("shots");
  let take = (_shot: unknown): void => undefined;
  const taken = new Promise<unknown>((resolve) => (take = resolve));
  const worker = two.worker("shots", async ({ data }) => take(data));
  await queue.add("shot", { frame: 7 });
  expect(await taken).toEqual({ frame: 7 });
  await worker.close();
  await queue.close();
});

test("what a process's queues wait with together are no more connections than one pool has", async () => {
  await using database = await createTestDatabase();
  await using backend = await open(database.url);
  const queues = Array.from({ length: 30 }, (_, index) => backend.queue(`queue ${index}`));
  await Promise.all(queues.map((queue) => queue.add("shot", {})));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(
    "SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await client.end();
  expect((rows as { open: number }[])[0]?.open).toBeLessThanOrEqual(20);
  await Promise.all(queues.map((queue) => queue.close()));
});

test("a database that is not there is told at once", async () => {
  await using database = await createTestDatabase();
  const url = new URL(database.url);
  url.pathname = "/nowhere";
  await expect(open(url.href)).rejects.toThrow("nowhere");
});
