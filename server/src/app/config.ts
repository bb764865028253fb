import { resolve } from "node:path";
import { z } from "zod";
import { ConfigError } from "#app/config-error.ts";
import { type AuthSettings, authProblems, authVariables, isLoopback, readAuth } from "#app/config-auth.ts";
import { type Limits, limitProblems, limitVariables, readLimits } from "#app/config-limits.ts";
import { readTracing, type TracingSettings, tracingVariables } from "#app/config-tracing.ts";
import { flag, list, url } from "#app/config-values.ts";
import { machineUrlProblem } from "#domains/machines/logic/machine-url.ts";
import { type LlmSettings, usualModels } from "#platform/llm/llm.ts";
import type { S3Settings } from "#platform/storage/s3-objects.ts";

/** Everything that can be set from outside, typed. Read once at start by readConfig; nothing else reads the environment. */
export interface Config {
  environment: "production" | "development" | "test";
  host: string;
  /** Listens beyond this machine although nobody logs in: whoever reaches the address may do everything. */
  isOpenToNetwork: boolean;
  port: number;
  webPort: number;
  auth: AuthSettings;
  /** What the queue does at the start of the product or an API: as it was left, run, or wait for a person. */
  startMode: "last" | "run" | "paused";
  /** Where a worker of its own serves /metrics; undefined: nowhere. */
  metricsPort: number | undefined;
  /** How long an API that shall end still answers, while /readyz tells balancers to ask others, in ms. */
  drainMs: number;
  /** Undefined: the embedded server is started. */
  databaseUrl: string | undefined;
  /** Undefined: queue and events live in Postgres. */
  redisUrl: string | undefined;
  /** Begins all our keys in Redis: two installations on one Redis need two. */
  redisPrefix: string;
  comfyUrls: string[];
  comfyApiKey: string | undefined;
  /** Embedded database, files and secrets. */
  stateDir: string;
  assetsDir: string;
  /** Files lie in a bucket; undefined: in assetsDir. */
  s3: (S3Settings & { cacheBytes: number }) | undefined;
  /** Server folders whose files may be submitted by path. */
  inputRoots: string[];
  /** Whether such files are copied when they are submitted, unless the submission says. */
  stageOnSubmit: boolean;
  /** Signs upload and asset URLs; undefined: one is made and kept in the state directory. */
  secret: string | undefined;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** Whether texts of prompts may stand in the log. */
  logPrompts: boolean;
  maxUploadBytes: number;
  /** Stages that a job may ask for. */
  maxStages: number;
  introspection: boolean;
  /** Files with the only documents that are run; none: any is. */
  trustedDocuments: string[];
  corsOrigins: string[];
  worker: {
    /** Runs that one worker process follows at once, over all machines. */
    concurrency: number;
    /** Automatic attempts of a run at transient errors. */
    attempts: number;
    runTimeoutSecs: number;
    machineLostTimeoutSecs: number;
    healthIntervalMs: number;
    /** BullMQ lock: a killed worker's runs are taken over after about this long. */
    lockDurationMs: number;
    onLost: "retry" | "fail";
  };
  /** In credits; undefined: nobody pays by it. */
  prices: { image: number | undefined; videoSecond: number | undefined };
  simulator: { count: number; stepMs: number; basePort: number };
  /** Undefined: no language model is configured. */
  llm: LlmSettings | undefined;
  /** After how many days files that nobody needs may go, null for never, and when they do. */
  retention: { stagedDays: number | null; outputDays: number | null; cron: string | null };
  webhooks: {
    /** Whether they may lead to addresses of this machine and of private networks. */
    allowPrivate: boolean;
    /** Where people reach the web client, without a slash at the end: for links. Undefined: there are none. */
    webUrl: string | undefined;
  };
  limits: Limits;
  /** Undefined: nothing is traced. */
  tracing: TracingSettings | undefined;
}

const port = z.coerce.number().int().min(1).max(65_535);
const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const price = z.coerce.number().min(0).max(1_000_000).optional();
/** Of something that this server sends requests to by an ADMIN's word. */
const serverUrl = z.string().superRefine((text, context) => {
  const problem = machineUrlProblem(text);
  if (problem) context.addIssue({ code: "custom", message: problem });
});
const modelName = z.string().min(1).max(200);
/** Five fields, as in a crontab. */
const cronForm = /^\s*[\d*/,-]+(\s+[\w*/,?#-]+){4}\s*$/;
const cronHelp = 'must be a cron pattern of five fields, such as "0 4 * * *", or off';

const environment = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
  HOST: z.string().default("127.0.0.1"),
  CALLSHEET_TRUST_NETWORK: flag.default(false),
  ...authVariables,
  PORT: port.default(4000),
  WEB_PORT: port.default(3000),
  CALLSHEET_START_MODE: z.enum(["last", "run", "paused"]).default("last"),
  CALLSHEET_METRICS_PORT: port.optional(),
  CALLSHEET_DRAIN_SECS: count(0, 15).default(0),
  DATABASE_URL: url("postgres:", "postgresql:").optional(),
  REDIS_URL: url("redis:", "rediss:").optional(),
  CALLSHEET_REDIS_PREFIX: z
    .string()
    .regex(/^[\w.-]{1,60}$/, "must be 1 to 60 letters, digits, dots, dashes or underscores")
    .default("callsheet"),
  COMFY_URLS: list.pipe(z.array(url("http:", "https:"))).default([]),
  CALLSHEET_COMFY_API_KEY: z.string().min(1).optional(),
  CALLSHEET_STATE_DIR: z.string().min(1).default(".callsheet"),
  CALLSHEET_ASSETS_DIR: z.string().min(1).optional(),
  CALLSHEET_STORAGE: z.enum(["disk", "s3"]).default("disk"),
  CALLSHEET_S3_ENDPOINT: url("http:", "https:").optional(),
  CALLSHEET_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, "must be a region, such as eu-central-1")
    .default("us-east-1"),
  CALLSHEET_S3_BUCKET: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      "must be the name of a bucket: 3 to 63 small letters, digits, dots, dashes",
    )
    .optional(),
  CALLSHEET_S3_PREFIX: z
    .string()
    .regex(
      /^[\w.-]+(\/[\w.-]+)*\/?$/,
      "must be letters, digits, dots, dashes and underscores, with slashes between them",
    )
    .optional(),
  CALLSHEET_S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  CALLSHEET_S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  CALLSHEET_S3_FORCE_PATH_STYLE: flag.optional(),
  CALLSHEET_S3_CACHE_MIB: count(64, 16_777_216).default(4_096),
  CALLSHEET_INPUT_ROOTS: list.default([]),
  CALLSHEET_TRUSTED_DOCUMENTS: list.default([]),
  CALLSHEET_STAGE_ON_SUBMIT: flag.default(true),
  CALLSHEET_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  CALLSHEET_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  CALLSHEET_LOG_PROMPTS: flag.default(false),
  CALLSHEET_MAX_UPLOAD_MIB: count(1, 16_384).default(512),
  CALLSHEET_MAX_STAGES: count(1, 1_000).default(32),
  CALLSHEET_INTROSPECTION: flag.default(true),
  CALLSHEET_CORS_ORIGINS: list.default([]),
  CALLSHEET_WORKER_CONCURRENCY: count(1, 1_000).default(32),
  CALLSHEET_RUN_ATTEMPTS: count(1, 20).default(3),
  CALLSHEET_RUN_TIMEOUT_SECS: count(1, 604_800).default(3_600),
  CALLSHEET_MACHINE_LOST_TIMEOUT_SECS: count(1, 86_400).default(600),
  CALLSHEET_HEALTH_INTERVAL_MS: count(100, 600_000).default(10_000),
  CALLSHEET_LOCK_DURATION_MS: count(1_000, 300_000).default(15_000),
  CALLSHEET_ON_LOST: z.enum(["retry", "fail"]).default("retry"),
  CALLSHEET_CREDITS_PER_IMAGE: price,
  CALLSHEET_CREDITS_PER_VIDEO_SECOND: price,
  CALLSHEET_KEEP_STAGED_DAYS: count(0, 36_500).default(14),
  CALLSHEET_KEEP_OUTPUTS_DAYS: count(0, 36_500).default(0),
  CALLSHEET_CLEANUP_CRON: z.union([z.literal("off"), z.string().regex(cronForm, cronHelp)]).default("0 4 * * *"),
  CALLSHEET_SIMULATORS: count(0, 16).default(1),
  CALLSHEET_SIMULATOR_STEP_MS: count(0, 60_000).default(120),
  CALLSHEET_SIMULATOR_PORT: port.default(8288),
  CALLSHEET_LLM_URL: serverUrl.optional(),
  CALLSHEET_LLM_API_KEY: z.string().min(1).optional(),
  CALLSHEET_LLM_CAPTION_MODEL: modelName.default(usualModels.caption),
  CALLSHEET_LLM_MOTION_MODEL: modelName.default(usualModels.motion),
  CALLSHEET_LLM_RELEVANCE_MODEL: modelName.default(usualModels.relevance),
  CALLSHEET_LLM_TRANSLATION_MODEL: modelName.default(usualModels.translation),
  CALLSHEET_LLM_TIMEOUT_SECS: count(1, 3_600).default(180),
  CALLSHEET_LLM_CONCURRENCY: count(1, 64).default(1),
  CALLSHEET_WEBHOOK_ALLOW_PRIVATE: flag.default(false),
  CALLSHEET_WEB_URL: url("http:", "https:").optional(),
  ...limitVariables,
  ...tracingVariables,
});

/** Every variable that is read; docs/configuration.md explains each. */
export const variableNames = Object.keys(environment.shape);

/**
 * @throws ConfigError that lists every wrong or unknown variable, not only the first.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const problems: string[] = [];
  for (const name of Object.keys(env)) {
    if (name.startsWith("CALLSHEET_") && !(name in environment.shape)) {
      problems.push(`${name} is not a variable that Callsheet knows`);
    }
  }
  // An empty variable is what compose files give for one that is not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    problems.push(`${name}=${hidden(name, given[name])}: ${issue.message}`);
  }
  problems.push(
    ...(parsed.data ? [...authProblems(parsed.data), ...s3Problems(parsed.data), ...limitProblems(parsed.data)] : []),
  );
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const values = parsed.data;
  const stateDir = resolve(values.CALLSHEET_STATE_DIR);
  return {
    environment: values.NODE_ENV,
    host: values.HOST,
    isOpenToNetwork: values.AUTH_MODE === "local" && !isLoopback(values.HOST),
    port: values.PORT,
    webPort: values.WEB_PORT,
    auth: readAuth(values),
    startMode: values.CALLSHEET_START_MODE,
    metricsPort: values.CALLSHEET_METRICS_PORT,
    drainMs: values.CALLSHEET_DRAIN_SECS * 1_000,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    redisPrefix: values.CALLSHEET_REDIS_PREFIX,
    comfyUrls: values.COMFY_URLS,
    comfyApiKey: values.CALLSHEET_COMFY_API_KEY,
    stateDir,
    assetsDir: resolve(values.CALLSHEET_ASSETS_DIR ?? resolve(stateDir, "assets")),
    s3: values.CALLSHEET_STORAGE === "s3" ? readS3(values) : undefined,
    inputRoots: values.CALLSHEET_INPUT_ROOTS.map((root) => resolve(root)),
    stageOnSubmit: values.CALLSHEET_STAGE_ON_SUBMIT,
    secret: values.CALLSHEET_SECRET,
    logLevel: values.CALLSHEET_LOG_LEVEL,
    logPrompts: values.CALLSHEET_LOG_PROMPTS,
    maxUploadBytes: values.CALLSHEET_MAX_UPLOAD_MIB * 1024 * 1024,
    maxStages: values.CALLSHEET_MAX_STAGES,
    introspection: values.CALLSHEET_INTROSPECTION,
    trustedDocuments: values.CALLSHEET_TRUSTED_DOCUMENTS,
    corsOrigins: values.CALLSHEET_CORS_ORIGINS,
    worker: {
      concurrency: values.CALLSHEET_WORKER_CONCURRENCY,
      attempts: values.CALLSHEET_RUN_ATTEMPTS,
      runTimeoutSecs: values.CALLSHEET_RUN_TIMEOUT_SECS,
      machineLostTimeoutSecs: values.CALLSHEET_MACHINE_LOST_TIMEOUT_SECS,
      healthIntervalMs: values.CALLSHEET_HEALTH_INTERVAL_MS,
      lockDurationMs: values.CALLSHEET_LOCK_DURATION_MS,
      onLost: values.CALLSHEET_ON_LOST,
    },
    prices: {
      image: values.CALLSHEET_CREDITS_PER_IMAGE,
      videoSecond: values.CALLSHEET_CREDITS_PER_VIDEO_SECOND,
    },
    retention: {
      stagedDays: values.CALLSHEET_KEEP_STAGED_DAYS || null,
      outputDays: values.CALLSHEET_KEEP_OUTPUTS_DAYS || null,
      cron: values.CALLSHEET_CLEANUP_CRON === "off" ? null : values.CALLSHEET_CLEANUP_CRON,
    },
    simulator: {
      count: values.CALLSHEET_SIMULATORS,
      stepMs: values.CALLSHEET_SIMULATOR_STEP_MS,
      basePort: values.CALLSHEET_SIMULATOR_PORT,
    },
    llm: readLlm(values),
    webhooks: {
      allowPrivate: values.CALLSHEET_WEBHOOK_ALLOW_PRIVATE,
      webUrl: values.CALLSHEET_WEB_URL?.replace(/\/+$/, ""),
    },
    limits: readLimits(values),
    tracing: readTracing(values),
  };
}

type Values = z.infer<typeof environment>;

/** Settings of a bucket that do not go together. */
function s3Problems(values: Values): string[] {
  const id = values.CALLSHEET_S3_ACCESS_KEY_ID;
  const secret = values.CALLSHEET_S3_SECRET_ACCESS_KEY;
  const isS3 = values.CALLSHEET_STORAGE === "s3";
  return [
    isS3 && !values.CALLSHEET_S3_BUCKET && "CALLSHEET_STORAGE=s3 needs a bucket: set CALLSHEET_S3_BUCKET",
    (id === undefined) !== (secret === undefined) &&
      "CALLSHEET_S3_ACCESS_KEY_ID and CALLSHEET_S3_SECRET_ACCESS_KEY go together: set both, or neither",
    !isS3 &&
      (values.CALLSHEET_S3_BUCKET ?? values.CALLSHEET_S3_ENDPOINT) &&
      "A bucket is configured and not used: set CALLSHEET_STORAGE=s3",
  ].filter((problem) => typeof problem === "string");
}

function readS3(values: Values): Config["s3"] {
  const id = values.CALLSHEET_S3_ACCESS_KEY_ID;
  const secret = values.CALLSHEET_S3_SECRET_ACCESS_KEY;
  return {
    endpoint: values.CALLSHEET_S3_ENDPOINT,
    region: values.CALLSHEET_S3_REGION,
    bucket: values.CALLSHEET_S3_BUCKET ?? "",
    prefix: values.CALLSHEET_S3_PREFIX?.replace(/\/?$/, "/") ?? "",
    credentials: id && secret ? { accessKeyId: id, secretAccessKey: secret } : undefined,
    // Services of one's own rarely have a name for each bucket.
    forcePathStyle: values.CALLSHEET_S3_FORCE_PATH_STYLE ?? values.CALLSHEET_S3_ENDPOINT !== undefined,
    cacheBytes: values.CALLSHEET_S3_CACHE_MIB * 1024 * 1024,
  };
}

function readLlm(values: Values): LlmSettings | undefined {
  if (!values.CALLSHEET_LLM_URL) return undefined;
  return {
    baseUrl: values.CALLSHEET_LLM_URL.replace(/\/+$/, ""),
    apiKey: values.CALLSHEET_LLM_API_KEY,
    models: {
      caption: values.CALLSHEET_LLM_CAPTION_MODEL,
      motion: values.CALLSHEET_LLM_MOTION_MODEL,
      relevance: values.CALLSHEET_LLM_RELEVANCE_MODEL,
      translation: values.CALLSHEET_LLM_TRANSLATION_MODEL,
    },
    timeoutMs: values.CALLSHEET_LLM_TIMEOUT_SECS * 1_000,
    concurrency: values.CALLSHEET_LLM_CONCURRENCY,
    isSimulated: false,
  };
}

/** Secrets and passwords in URLs never reach a terminal or a log. */
function hidden(name: string, value: string | undefined): string {
  if (/SECRET|KEY/.test(name)) return "…";
  return (value ?? "").replace(/\/\/[^@/]*@/, "//…@");
}
