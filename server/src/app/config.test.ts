import type { ConfigError } from "#app/config-error.ts";
import { readConfig } from "#app/config.ts";

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return (error as ConfigError).problems;
  }
}

test("an empty environment gives the embedded defaults", () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    port: 4000,
    webPort: 3000,
    databaseUrl: undefined,
    redisUrl: undefined,
    comfyUrls: [],
  });
});

test("machines are read from a comma-separated list", () => {
  expect(readConfig({ COMFY_URLS: "http://a:8188, https://b" }).comfyUrls).toEqual(["http://a:8188", "https://b"]);
});

test("every wrong or unknown variable is listed at once", () => {
  const problems = problemsOf({ PORT: "99999", REDIS_URL: "http://x", CALLSHEET_TYPO: "1", COMFY_URLS: "ftp://x" });
  expect(problems).toHaveLength(4);
  expect(problems.join("\n")).toMatch(/CALLSHEET_TYPO[\s\S]*PORT=99999[\s\S]*REDIS_URL/);
});

test("a secret or a password is not repeated in the message", () => {
  const text = problemsOf({ CALLSHEET_SECRET: "short", DATABASE_URL: "mysql://me:hunter2@db/x" }).join("\n");
  expect(text).toContain("CALLSHEET_SECRET");
  expect(text).not.toMatch(/short\b|hunter2/);
});

test("local mode refuses an address that others can reach", () => {
  expect(problemsOf({ HOST: "0.0.0.0" })[0]).toMatch(/local mode/);
  expect(problemsOf({ HOST: "0.0.0.0", CALLSHEET_TRUST_NETWORK: "false" })[0]).toMatch(/local mode/);
});

test("a network that is trusted by name may be listened to", () => {
  expect(readConfig({ HOST: "0.0.0.0", CALLSHEET_TRUST_NETWORK: "true" }).isOpenToNetwork).toBe(true);
  expect(readConfig({}).isOpenToNetwork).toBe(false);
});

describe("people who sign in", () => {
  const password = { AUTH_MODE: "password" };

  test("make an address that others reach safe, when the place is told where they find the web client", () => {
    expect(readConfig({}).auth).toMatchObject({ mode: "local", publicUrl: "http://localhost:3000", oidc: undefined });
    expect(problemsOf({ ...password, HOST: "0.0.0.0" })[0]).toMatch(/CALLSHEET_PUBLIC_URL/);
    const config = readConfig({ ...password, HOST: "0.0.0.0", CALLSHEET_PUBLIC_URL: "https://studio.example/x" });
    expect(config).toMatchObject({ isOpenToNetwork: false, auth: { publicUrl: "https://studio.example" } });
  });

  test("are what a refused address is pointed to", () => {
    expect(problemsOf({ HOST: "0.0.0.0" })[0]).toMatch(/AUTH_MODE=password/);
    expect(problemsOf({ AUTH_MODE: "none" })).toHaveLength(1);
    expect(problemsOf({ ...password, CALLSHEET_TRUSTED_PROXIES: "10.0.0.0/8, proxy.example" })[0]).toMatch(/networks/);
  });

  test("may use an identity provider that is configured whole", () => {
    const oidc = {
      CALLSHEET_OIDC_ISSUER: "https://id.example/",
      CALLSHEET_OIDC_CLIENT_ID: "callsheet",
      CALLSHEET_OIDC_CLIENT_SECRET: "hunter2",
    };
    expect(readConfig({ ...password, ...oidc }).auth.oidc).toMatchObject({ issuer: "https://id.example" });
    expect(problemsOf(oidc)[0]).toMatch(/AUTH_MODE=password/);
    const half = problemsOf({ ...password, CALLSHEET_OIDC_CLIENT_SECRET: "hunter2" }).join();
    expect(half).toMatch(/set all, or none/);
    expect(half).not.toContain("hunter2");
  });
});

test("files are kept for days, for ever with 0, and cleaned up by a cron pattern or not at all", () => {
  expect(readConfig({}).retention).toEqual({ stagedDays: 14, outputDays: null, cron: "0 4 * * *" });
  const forEver = { CALLSHEET_KEEP_STAGED_DAYS: "0", CALLSHEET_KEEP_OUTPUTS_DAYS: "90", CALLSHEET_CLEANUP_CRON: "off" };
  expect(readConfig(forEver).retention).toEqual({ stagedDays: null, outputDays: 90, cron: null });
  expect(problemsOf({ CALLSHEET_CLEANUP_CRON: "nightly", CALLSHEET_KEEP_STAGED_DAYS: "-1" })).toHaveLength(2);
});

test("an empty variable counts as not set", () => {
  expect(readConfig({ REDIS_URL: "", PORT: "" }).port).toBe(4000);
});

describe("a language model", () => {
  test("is configured by its address alone; models have defaults", () => {
    expect(readConfig({}).llm).toBeUndefined();
    const { llm } = readConfig({ CALLSHEET_LLM_URL: "http://127.0.0.1:1234/v1/", CALLSHEET_LLM_MOTION_MODEL: "mine" });
    expect(llm).toMatchObject({ baseUrl: "http://127.0.0.1:1234/v1", isSimulated: false, timeoutMs: 180_000 });
    expect(llm?.models).toMatchObject({ motion: "mine", translation: "qwen/qwen3-8b" });
  });

  test("is not asked for at addresses at which clouds hand out credentials", () => {
    expect(problemsOf({ CALLSHEET_LLM_URL: "http://169.254.169.254/v1" })[0]).toMatch(/link-local/);
    expect(problemsOf({ CALLSHEET_LLM_URL: "ftp://127.0.0.1/v1" })).toHaveLength(1);
  });
});

describe("files in a bucket", () => {
  const s3 = { CALLSHEET_STORAGE: "s3", CALLSHEET_S3_BUCKET: "studio" };

  test("only the bucket has to be named", () => {
    expect(readConfig({}).s3).toBeUndefined();
    expect(readConfig(s3).s3).toEqual({
      endpoint: undefined,
      region: "us-east-1",
      bucket: "studio",
      prefix: "",
      credentials: undefined,
      forcePathStyle: false,
      cacheBytes: 4 * 1024 ** 3,
    });
  });

  test("a service of one's own is spoken to by path, and a prefix ends with a slash", () => {
    const given = {
      ...s3,
      CALLSHEET_S3_ENDPOINT: "http://10.0.0.9:3900",
      CALLSHEET_S3_PREFIX: "shows/lantern",
      CALLSHEET_S3_ACCESS_KEY_ID: "id",
      CALLSHEET_S3_SECRET_ACCESS_KEY: "hunter2",
    };
    expect(readConfig(given).s3).toMatchObject({
      prefix: "shows/lantern/",
      forcePathStyle: true,
      credentials: { accessKeyId: "id", secretAccessKey: "hunter2" },
    });
    expect(readConfig({ ...given, CALLSHEET_S3_FORCE_PATH_STYLE: "false" }).s3?.forcePathStyle).toBe(false);
  });

  test.each([
    ["no bucket", { CALLSHEET_STORAGE: "s3" }, /CALLSHEET_S3_BUCKET/],
    ["half the keys", { ...s3, CALLSHEET_S3_SECRET_ACCESS_KEY: "hunter2" }, /set both, or neither/],
    ["a bucket that is not used", { CALLSHEET_S3_BUCKET: "studio" }, /CALLSHEET_STORAGE=s3/],
    ["an impossible bucket", { ...s3, CALLSHEET_S3_BUCKET: "My Bucket" }, /small letters/],
    ["a prefix that climbs", { ...s3, CALLSHEET_S3_PREFIX: "/../x" }, /CALLSHEET_S3_PREFIX/],
  ])("%s is a mistake", (_what, env, message) => {
    const problems = problemsOf(env).join("\n");
    expect(problems).toMatch(message);
    expect(problems).not.toContain("hunter2");
  });
});
