import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, createApp } from "#app/create-app.ts";
import { type Config, readConfig } from "#app/config.ts";
import { ensureLocalUser } from "#domains/accounts/local-user.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { addMachine } from "#domains/machines/machines.service.ts";
import type { Context } from "#graphql/context.ts";
import { maskError } from "#graphql/errors.ts";
import { createPipeline } from "#graphql/pipeline.ts";
import { schema } from "#graphql/schema.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";
import { type Simulator, startSimulator } from "#platform/comfy/simulator/simulator.ts";
import type { SimulatorOptions } from "#platform/comfy/simulator/options.ts";
import { currentScope, type ScopeIds } from "#platform/work/scope.ts";
import { type Backend, forgetRedisKeys, testRedisUrl } from "#test/support/redis.ts";
import { createTestDatabase } from "#test/test-database.ts";
import { print } from "graphql";
import type { DocumentNode } from "graphql";

/** Id of the request that everything executed by a test belongs to. */
export const executed = "test";

export interface TestAppOptions {
  roles?: { api?: boolean; worker?: boolean };
  /** Where the queue and the events live; Postgres unless said. */
  backend?: Backend;
  /** Where its log goes; nowhere unless said. */
  logTo?: { write(line: string): void };
  /** One simulated machine for each entry. */
  simulators?: SimulatorOptions[];
  /** Database, files and queue of another app, as a second process of the same installation has them. */
  beside?: TestApp;
  config?: Partial<Omit<Config, "worker" | "limits">> & {
    worker?: Partial<Config["worker"]>;
    limits?: Partial<Config["limits"]>;
  };
}

export interface TestApp extends AsyncDisposable {
  app: App;
  deps: App["deps"];
  config: Config;
  simulators: Simulator[];
  admin: Viewer;
  databaseUrl: string;
  /** Base address of the API, when it has that role and listens. */
  url: string;
  /** SQL statements since the last call: all, or those of what was executed, and not of what runs besides. */
  takeStatements(of?: "executed"): string[];
  /** Runs an operation through the same pipeline as HTTP and WebSocket. @throws when it has errors, unless `errors` is "return" */
  execute(
    operation: string | DocumentNode,
    variables?: Record<string, unknown>,
    options?: { viewer?: Viewer | null; errors?: "return" },
  ): Promise<any>;
}

/** The product on a database of its own, with files in a folder of its own, and closed with all of it. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const own = options.beside ? undefined : await openSurroundings(options);
  const config = own?.config ?? withOverrides((options.beside as TestApp).config, options.config);
  const databaseUrl = own?.databaseUrl ?? (options.beside as TestApp).databaseUrl;
  const statements: { sql: string; ids: ScopeIds }[] = [];
  const app = await createApp(config, {
    databaseUrl,
    roles: { api: options.roles?.api ?? false, worker: options.roles?.worker ?? false },
    onStatement: (sql) => statements.push({ sql, ids: currentScope()?.ids ?? {} }),
    logTo: options.logTo,
  });
  const simulators = await Promise.all(
    (options.simulators ?? []).map((each) => startSimulator({ stepMs: 0, ...each })),
  );
  for (const [index, simulator] of simulators.entries()) {
    await addMachine(app.deps, { name: `machine-${index + 1}`, url: simulator.url });
  }
  const port = app.api ? await app.api.listen(0, "127.0.0.1") : 0;
  const admin = await ensureLocalUser(app.deps);
  const pipeline = createPipeline(schema, config.limits, true);
  return {
    app,
    deps: app.deps,
    config,
    simulators,
    admin,
    databaseUrl,
    url: `http://127.0.0.1:${port}`,
    takeStatements: (of) =>
      statements.splice(0).flatMap(({ sql, ids: { requestId, ...laterWork } }) => {
        // What an operation leads to carries its id as well, and that of the run, take or picture that it is about.
        const isOfOperation = requestId === executed && Object.keys(laterWork).length === 0;
        return of && !isOfOperation ? [] : [sql];
      }),
    execute: async (operation, variables = {}, { viewer = admin, errors } = {}) => {
      const prepared = pipeline.prepare(typeof operation === "string" ? operation : print(operation));
      if ("errors" in prepared) {
        if (errors === "return") return { errors: prepared.errors };
        throw prepared.errors[0];
      }
      const context: Context = { deps: app.deps, viewer, requestId: executed };
      const result = await pipeline.execute({
        document: prepared.document,
        operationName: undefined,
        variables,
        context,
      });
      if (errors === "return") {
        return {
          data: plain(result.data),
          errors: result.errors?.map((error) => maskError(error, app.deps.log, executed)),
        };
      }
      if (result.errors?.[0]) throw result.errors[0].originalError ?? result.errors[0];
      return plain(result.data);
    },
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      for (const simulator of simulators) await simulator[Symbol.asyncDispose]();
      await own?.close();
    },
  };
}

/** Database, folder and queue keys that nobody else has. */
async function openSurroundings(options: TestAppOptions) {
  const database = await createTestDatabase();
  const stateDir = await mkdtemp(join(tmpdir(), "callsheet-test-"));
  const redisPrefix = `test-${randomBytes(6).toString("hex")}`;
  const redisUrl = options.backend === "redis" ? testRedisUrl : undefined;
  const config = testConfig(stateDir, { redisPrefix, redisUrl, ...options.config });
  return {
    config,
    databaseUrl: database.url,
    close: async () => {
      await database[Symbol.asyncDispose]();
      await rm(stateDir, { recursive: true, force: true });
      if (config.redisUrl) await forgetRedisKeys(config.redisUrl, redisPrefix);
    },
  };
}

/** As a client would see it after JSON, with large integers exact. */
function plain(data: unknown): unknown {
  return parseJson(stringifyJson(data ?? null));
}

/**
 * A studio whose language model server is down, unless the test says otherwise: what needs no model does not notice.
 * The discard port of this machine, where nothing listens.
 */
const deadLanguageModel = "http://127.0.0.1:9/v1";

export function testConfig(stateDir: string, overrides: TestAppOptions["config"] = {}): Config {
  const base = readConfig({
    CALLSHEET_STATE_DIR: stateDir,
    CALLSHEET_LOG_LEVEL: process.env["TEST_LOG_LEVEL"] ?? "silent",
    NODE_ENV: "test",
    CALLSHEET_HEALTH_INTERVAL_MS: "1000",
    CALLSHEET_LOCK_DURATION_MS: "3000",
    CALLSHEET_CLEANUP_CRON: "off",
    CALLSHEET_LLM_URL: deadLanguageModel,
  });
  return withOverrides(base, overrides);
}

function withOverrides(base: Config, overrides: TestAppOptions["config"] = {}): Config {
  return {
    ...base,
    ...overrides,
    worker: { ...base.worker, ...overrides.worker },
    limits: { ...base.limits, ...overrides.limits },
  };
}
