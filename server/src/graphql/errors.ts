import { GraphQLError, type GraphQLErrorExtensions, type GraphQLFormattedError } from "graphql";
import type { Log } from "#platform/log/log.ts";
import { isDatabaseOutage } from "#platform/db/outage.ts";
import { StorageUnavailableError } from "#platform/storage/storage.ts";
import { RateLimitedError } from "#graphql/allowance.ts";
import { builder } from "#graphql/builder.ts";
import { DomainError, type FieldIssue, UnavailableError, ValidationError } from "#lib/domain-error.ts";

const FieldIssueType = builder.objectRef<FieldIssue>("FieldIssue").implement({
  description: "One wrong field of an input.",
  fields: (t) => ({
    path: t.exposeStringList("path", { description: "Where the field is, from the input's top." }),
    message: t.exposeString("message", { description: "What is wrong and what would be right." }),
  }),
});

/** An expected failure as data: executors take an instance of Error for a thrown one, wherever it is returned. */
export class Failure {
  constructor(readonly error: DomainError) {}
}

const ErrorInterface = builder.interfaceRef<Failure>("Error").implement({
  description:
    "Expected failure, returned as data by mutations: each mutation's result is a union of its payload and error types.",
  resolveType: ({ error }) => error.kind,
  fields: (t) => ({
    message: t.string({
      description: "What went wrong and what to do, for people.",
      resolve: ({ error }) => error.message,
    }),
    code: t.string({ description: "Stable, upper case, for programs.", resolve: ({ error }) => error.code }),
    path: t.stringList({
      nullable: true,
      description: "Where in the input the failure lies.",
      resolve: ({ error }) => error.path,
    }),
  }),
});

const errorType = (kind: DomainError["kind"]) => builder.objectRef<Failure>(kind);

export const errorTypes = [
  errorType("ValidationError").implement({
    description: "The input is wrong; nothing was done.",
    interfaces: [ErrorInterface],
    fields: (t) => ({
      issues: t.field({
        type: [FieldIssueType],
        description: "Every wrong field.",
        resolve: ({ error }) => (error instanceof ValidationError ? error.issues : []),
      }),
    }),
  }),
  errorType("NotFoundError").implement({
    description: "Something that the input refers to does not exist, or the viewer may not see it.",
    interfaces: [ErrorInterface],
  }),
  errorType("ConflictError").implement({
    description: "The state of things does not allow it, such as a name that is taken.",
    interfaces: [ErrorInterface],
  }),
  errorType("ForbiddenError").implement({
    description: "The viewer's role, or a lock, does not allow it.",
    interfaces: [ErrorInterface],
  }),
  errorType("UnavailableError").implement({
    description: "Something else that is needed does not answer, such as a machine.",
    interfaces: [ErrorInterface],
    fields: (t) => ({
      hint: t.string({
        nullable: true,
        description: "What to start, load or check.",
        resolve: ({ error }) => (error instanceof UnavailableError ? error.hint : null),
      }),
    }),
  }),
] as const;

/** The closed list of `extensions.code` in top-level errors. */
export const errorCodes = [
  "BAD_USER_INPUT",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_REQUEST",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "OPERATION_RESOLUTION_FAILURE",
  "DOCUMENT_NOT_TRUSTED",
  "NOT_FOUND",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "RATE_LIMITED",
  "COST_LIMIT",
  "LLM_UNAVAILABLE",
  "UNAVAILABLE",
  "TIMEOUT",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

const known = new Set<unknown>(errorCodes);
export const isErrorCode = (code: unknown): code is ErrorCode => known.has(code);
const codeOfKind: Record<DomainError["kind"], ErrorCode> = {
  ValidationError: "BAD_USER_INPUT",
  NotFoundError: "NOT_FOUND",
  ConflictError: "BAD_USER_INPUT",
  ForbiddenError: "FORBIDDEN",
  UnavailableError: "UNAVAILABLE",
};

/** A code of the closed list is more exact than the kind's. */
const codeOf = ({ code, kind }: DomainError): ErrorCode =>
  kind === "UnavailableError" && isErrorCode(code) ? code : codeOfKind[kind];

/** Failures of what we stand on that people should be told of. All else as it is. */
export function asExpected(error: unknown, log: Log, requestId: string): unknown {
  if (error instanceof StorageUnavailableError) {
    return new UnavailableError(
      "The storage of files does not answer; try again in a moment",
      "Whoever keeps the system finds the reason in the log, and what to do in the runbook.",
      "STORAGE_UNAVAILABLE",
    );
  }
  if (!isDatabaseOutage(error)) return error;
  log.error({ err: error, requestId }, "the database is away");
  return new UnavailableError(
    "The database does not answer; try again in a moment",
    "It went away while this was being done: look whether it was done, or send it again with the same idempotencyKey.",
    "DATABASE_UNAVAILABLE",
  );
}

/**
 * What a client sees of an error, on HTTP and WebSocket alike. Unexpected ones are logged whole and answered with a
 * correlation id only.
 */
export function maskError(error: unknown, log: Log, requestId: string): GraphQLFormattedError {
  const outer = error instanceof GraphQLError ? error : new GraphQLError(String(error));
  const cause = asExpected(rootCause(error), log, requestId);
  const at = {
    ...(outer.locations ? { locations: outer.locations } : {}),
    ...(outer.path ? { path: outer.path } : {}),
  };
  if (cause instanceof DomainError) {
    const issues = cause instanceof ValidationError ? { issues: cause.issues } : {};
    return { message: cause.message, ...at, extensions: { code: codeOf(cause), ...issues } };
  }
  if (cause instanceof GraphQLError) {
    // graphql-jit makes errors of its own that lack the extensions which the type promises.
    const code = (cause.extensions as GraphQLErrorExtensions | undefined)?.["code"];
    if (isErrorCode(code) && code !== "INTERNAL") {
      const again = cause instanceof RateLimitedError ? { retryAfter: cause.retryAfter } : {};
      return { message: cause.message, ...at, extensions: { code, ...again } };
    }
    // Errors without a code come from variable coercion or argument checks of graphql-js itself.
    if (!cause.originalError && !cause.path) {
      return { message: cause.message, ...at, extensions: { code: "BAD_USER_INPUT" } };
    }
  }
  log.error({ err: cause, requestId, path: outer.path }, "unexpected error");
  return {
    message: `Something went wrong here; look for ${requestId} in the log.`,
    ...at,
    extensions: { code: "INTERNAL", correlationId: requestId },
  };
}

/** graphql-js proposes names near to a wrong one, which tells of a schema that is not to be seen. */
export function withoutSuggestion(message: string): string {
  return message.replace(/ ?Did you mean [^?]*\?/g, "");
}

function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}
