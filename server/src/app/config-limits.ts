import { z } from "zod";

/** What one operation, and one viewer, may ask for. */
export interface Limits {
  maxTokens: number;
  maxDepth: number;
  maxAliases: number;
  /** Of one operation. */
  maxCost: number;
  requestTimeoutMs: number;
  /** Operations that took longer than this are told of in the log; null: none. */
  slowOperationMs: number | null;
  /** Operations that a viewer may send within a minute; null: any number. */
  requestsPerMinute: number | null;
  /** What they may cost together. */
  costPerMinute: number | null;
  /** Sockets and subscriptions that a viewer may have open at one API process; null: any number. */
  maxSockets: number | null;
  maxSubscriptions: number | null;
  /** What a person may upload within 24 hours; null: anything. */
  uploadBytesPerDay: number | null;
  /** Uploads that a person has announced and not finished. */
  maxOpenUploads: number | null;
}

const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
/** 0: no limit. Undefined: by the mode. */
const allowance = count(0, 1_000_000_000_000).optional();

export const limitVariables = {
  CALLSHEET_MAX_TOKENS: count(100, 100_000).default(4_000),
  CALLSHEET_MAX_DEPTH: count(3, 100).default(14),
  CALLSHEET_MAX_ALIASES: count(1, 1_000).default(50),
  CALLSHEET_MAX_COST: count(100, 10_000_000).default(200_000),
  CALLSHEET_REQUEST_TIMEOUT_MS: count(100, 600_000).default(30_000),
  CALLSHEET_SLOW_OPERATION_MS: count(0, 600_000).default(1_000),
  CALLSHEET_RATE_REQUESTS: allowance,
  CALLSHEET_RATE_COST: allowance,
  CALLSHEET_MAX_SOCKETS: allowance,
  CALLSHEET_MAX_SUBSCRIPTIONS: allowance,
  CALLSHEET_UPLOAD_QUOTA_MIB: allowance,
  CALLSHEET_MAX_OPEN_UPLOADS: allowance,
};

type Values = z.infer<z.ZodObject<typeof limitVariables>> & { AUTH_MODE: "local" | "password" };

/** Where people sign in. In local mode there is one, who would only be in the way of oneself. */
const usual = {
  requests: 3_000,
  cost: 20_000_000,
  sockets: 100,
  subscriptions: 1_000,
  uploadMib: 102_400,
  openUploads: 1_000,
};

/** What keeps operations that are within one limit from ever running by another. */
export function limitProblems(values: Values): string[] {
  const { costPerMinute, maxCost } = readLimits(values);
  return costPerMinute !== null && costPerMinute < maxCost
    ? [
        `CALLSHEET_RATE_COST=${costPerMinute}: must be at least CALLSHEET_MAX_COST, which is ${maxCost}; or 0 for no limit`,
      ]
    : [];
}

export function readLimits(values: Values): Limits {
  const orUsual = (given: number | undefined, inPasswordMode: number): number | null =>
    (given ?? (values.AUTH_MODE === "password" ? inPasswordMode : 0)) || null;
  const uploadMib = orUsual(values.CALLSHEET_UPLOAD_QUOTA_MIB, usual.uploadMib);
  return {
    maxTokens: values.CALLSHEET_MAX_TOKENS,
    maxDepth: values.CALLSHEET_MAX_DEPTH,
    maxAliases: values.CALLSHEET_MAX_ALIASES,
    maxCost: values.CALLSHEET_MAX_COST,
    requestTimeoutMs: values.CALLSHEET_REQUEST_TIMEOUT_MS,
    slowOperationMs: values.CALLSHEET_SLOW_OPERATION_MS || null,
    requestsPerMinute: orUsual(values.CALLSHEET_RATE_REQUESTS, usual.requests),
    costPerMinute: orUsual(values.CALLSHEET_RATE_COST, usual.cost),
    maxSockets: orUsual(values.CALLSHEET_MAX_SOCKETS, usual.sockets),
    maxSubscriptions: orUsual(values.CALLSHEET_MAX_SUBSCRIPTIONS, usual.subscriptions),
    uploadBytesPerDay: uploadMib && uploadMib * 1024 * 1024,
    maxOpenUploads: orUsual(values.CALLSHEET_MAX_OPEN_UPLOADS, usual.openUploads),
  };
}
