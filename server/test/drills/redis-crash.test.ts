import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { Redis } from "ioredis";
import { allWell, audit } from "#test/drills/audit.ts";
import { startQueueStudio } from "#test/queue-studio.ts";

const runs = Math.min(Math.round(Number(process.env["DRILL_RUNS"] ?? 300) / 5), 100);

function hasRedisServer(): boolean {
  try {
    execFileSync("redis-server", ["--version"]);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** A Redis that keeps nothing on disk: what dies with it is gone. */
class OwnRedis implements AsyncDisposable {
  #process: ChildProcess | undefined;
  private constructor(readonly port: number) {}

  static async start(): Promise<OwnRedis> {
    const redis = new OwnRedis(await freePort());
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.#process = spawn(
      "redis-server",
      ["--port", String(this.port), "--save", "", "--appendonly", "no", "--dir", tmpdir()],
      { stdio: "ignore" },
    );
    const client = new Redis(this.url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    client.on("error", () => undefined);
    await client.ping();
    client.disconnect();
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}

(hasRedisServer() ? describe : describe.skip)("a Redis of its own", () => {
  test("that is killed -9 and comes back empty loses no run, and submits are taken meanwhile", async () => {
    await using redis = await OwnRedis.start();
    await using studio = await startQueueStudio({
      simulators: [{}, {}],
      config: { redisUrl: redis.url, worker: { lockDurationMs: 1_000 } },
    });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 3 } });
    const ids = [await studio.submit({ ms: 30, tries: runs })];
    for (const share of [0.3, 0.6]) {
      await studio.until(
        "progress",
        async () => (await studio.deps.db.prisma.run.count({ where: { status: "SUCCEEDED" } })) > runs * share,
      );
      await redis.kill();
      ids.push(await studio.submit({ tries: 2 }));
      await redis.start();
    }
    for (const id of ids) expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
    expect(await audit(studio)).toEqual(allWell);
  });

  test("that stays away does not keep a process from ending", async () => {
    const redis = await OwnRedis.start();
    const studio = await startQueueStudio({ config: { redisUrl: redis.url } });
    await studio.untilEnded(await studio.submit());
    await redis.kill();
    await studio.submit();
    await studio[Symbol.asyncDispose]();
  });
});
