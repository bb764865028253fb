import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlQueryable } from "@prisma/driver-adapter-utils";
import pg from "pg";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";

/** As much of the WebAssembly API as is used here; Node's types leave it to the DOM's. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ exports: { __wbindgen_start(): void } }>;
};
/** The engine's package holds one memory for the whole process, also where this module is there twice, as in a bundle. */
const shared = globalThis as { callsheetSchemaEngine?: Promise<void> };

/**
 * Prisma's own schema engine as WebAssembly: the native one is a download that not every network allows.
 * @param datamodels schema files as [path, content]
 */
export async function openSchemaEngine(
  databaseUrl: string,
  datamodels: [string, string][] = [["schema.prisma", 'datasource db { provider = "postgresql" }']],
) {
  shared.callsheetSchemaEngine ??= load();
  await shared.callsheetSchemaEngine;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, Client: CatalogueClient });
  const adapter = bindMigrationAwareSqlAdapterFactory(catalogueAdapter(pool));
  const engine = await engineModule.SchemaEngine.new({ datamodels }, () => undefined, adapter);
  return {
    engine,
    close: async () => {
      engine.free();
      await pool.end();
    },
  };
}

const charType = 18;
const textType = 25;
/** Ends the name of a column that was "char", between client and adapter. */
const charMark = "\u0000char";

/** The engine reads catalogues, whose one-letter codes have the type "char"; the adapter refuses a type it does not know. */
class CatalogueClient extends pg.Client {
  override query(...args: unknown[]): never {
    const query = super.query.bind(this) as (...args: unknown[]) => Promise<pg.QueryResult> | undefined;
    const callback = args.at(-1);
    if (typeof callback !== "function") return query(...args)?.then(withoutChar) as never;
    return query(...args.slice(0, -1), (error: Error | null, result: pg.QueryResult | undefined) =>
      callback(error, result && withoutChar(result)),
    ) as never;
  }
}

function withoutChar(result: pg.QueryResult): pg.QueryResult {
  for (const field of result.fields ?? []) {
    if (field.dataTypeID !== charType) continue;
    field.dataTypeID = textType;
    field.name += charMark;
  }
  return result;
}

/** Gives such columns back their type, which the adapter itself never answers with. */
function withChar<Adapter extends SqlQueryable>(adapter: Adapter): Adapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    const isChar = (index: number): boolean => result.columnNames[index]?.endsWith(charMark) ?? false;
    return {
      ...result,
      columnTypes: result.columnTypes.map((type, index) => (isChar(index) ? ColumnTypeEnum.Character : type)),
      columnNames: result.columnNames.map((name) => name.replace(charMark, "")),
    };
  };
  return adapter;
}

function catalogueAdapter(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  const connectToShadowDb = factory.connectToShadowDb.bind(factory);
  factory.connect = async () => withChar(await connect());
  factory.connectToShadowDb = async () => withChar(await connectToShadowDb());
  return factory;
}

async function load(): Promise<void> {
  // The engine reports a panic through this global before it traps; without it the cause would be lost.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => process.stderr.write(`${message}\n`) },
  });
  const require = createRequire(import.meta.url);
  const path = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm");
  const compiled = await WebAssembly.compile(await readFile(path));
  const instance = await WebAssembly.instantiate(compiled, { "./schema_engine_bg.js": withoutLingeringTimers() });
  engineModule.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/**
 * The engine never clears the ten seconds that it gives itself for its lock; unless they are unreferenced, a process that
 * has migrated can't end before.
 */
function withoutLingeringTimers(): object {
  const timers = Object.entries(engineModule as Record<string, unknown>).filter(([name]) =>
    name.startsWith("__wbg_setTimeout_"),
  );
  return {
    ...engineModule,
    ...Object.fromEntries(
      timers.map(([name, start]) => [
        name,
        (...args: unknown[]) => (start as (...args: unknown[]) => NodeJS.Timeout)(...args).unref(),
      ]),
    ),
  };
}
