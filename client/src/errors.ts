/** The closed list of codes of top-level errors: docs/api-errors.md. */
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

export interface Issue {
  /** Where the field is, from the input's top. */
  path: readonly string[];
  message: string;
}

/** A top-level error, as the API sends it. */
export interface ApiError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: ErrorCode; correlationId?: string; issues?: readonly Issue[] };
}

/** Everything that this client throws by itself. */
export class CallsheetError extends Error {
  override name = "CallsheetError";
}

/** Nobody answers at the address, or what answers is not Callsheet, or the connection ended. */
export class UnreachableError extends CallsheetError {
  override name = "UnreachableError";
}

/** The operation, or a part of it, could not be run: top-level errors. */
export class RequestError extends CallsheetError {
  override name = "RequestError";
  /** That of the first error. */
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];
  /** Finds an INTERNAL error in the server's log. */
  readonly correlationId: string | undefined;

  constructor(
    readonly errors: readonly ApiError[],
    /** The status of the HTTP answer; undefined for what came over a WebSocket. */
    readonly status?: number,
    /** How long the server asks to wait. */
    readonly retryAfterSecs?: number,
    /** What could be answered all the same. */
    readonly data?: unknown,
  ) {
    super(errors.map(({ message }) => message).join("\n"));
    const extensions = errors[0]?.extensions;
    this.code = extensions?.code ?? "INTERNAL";
    this.issues = extensions?.issues ?? [];
    this.correlationId = extensions?.correlationId;
  }
}

export type FailureKind = "ValidationError" | "NotFoundError" | "ConflictError" | "ForbiddenError" | "UnavailableError";

/** What a mutation answers when it could not be done: the fragment `Failure`. */
export interface Failure {
  __typename: FailureKind;
  message: string;
  code: string;
  path?: readonly string[] | null | undefined;
  issues?: readonly Issue[] | undefined;
  hint?: string | null | undefined;
}

/** A mutation could not be done, for a reason that was to be expected. */
export class MutationError extends CallsheetError {
  override name = "MutationError";
  readonly kind: FailureKind;
  /** Stable, for programs. */
  readonly code: string;
  /** Where in the input the failure lies. */
  readonly path: readonly string[];
  /** Every wrong field, of a ValidationError. */
  readonly issues: readonly Issue[];
  /** What to start, load or check, of an UnavailableError. */
  readonly hint: string | undefined;

  constructor(failure: Failure) {
    super(failure.message);
    this.kind = failure.__typename;
    this.code = failure.code;
    this.path = failure.path ?? [];
    this.issues = failure.issues ?? [];
    this.hint = failure.hint ?? undefined;
  }
}

/** The bytes of a file could not be sent or fetched. */
export class TransferError extends CallsheetError {
  override name = "TransferError";

  constructor(
    message: string,
    readonly status: number,
    /** Such as STORAGE_UNAVAILABLE, where the server says one. */
    readonly code: string | undefined,
  ) {
    super(message);
  }
}
