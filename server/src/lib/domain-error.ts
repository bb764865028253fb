/** One wrong field of an input: where, and what would be right. */
export interface FieldIssue {
  path: string[];
  message: string;
}

/** An expected failure. Domains subclass one of the five kinds below; the API answers them as data. */
export abstract class DomainError extends Error {
  abstract readonly kind: "ValidationError" | "NotFoundError" | "ConflictError" | "ForbiddenError" | "UnavailableError";

  constructor(
    message: string,
    /** Stable and upper case, for programs. */
    readonly code: string,
    /** Where in the input the failure lies. */
    readonly path: string[] | null = null,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export class ValidationError extends DomainError {
  override readonly kind = "ValidationError";

  constructor(
    readonly issues: FieldIssue[],
    code = "VALIDATION",
    message?: string,
  ) {
    super(message ?? issues.map((issue) => issue.message).join("; "), code, issues[0]?.path ?? null);
  }

  /** One issue at one place. */
  static at(path: string[], message: string, code?: string): ValidationError {
    return new ValidationError([{ path, message }], code);
  }
}

export class NotFoundError extends DomainError {
  override readonly kind = "NotFoundError";

  constructor(what: string, path: string[] | null = null) {
    super(`${what} was not found`, "NOT_FOUND", path);
  }
}

export class ConflictError extends DomainError {
  override readonly kind = "ConflictError";

  constructor(message: string, code = "CONFLICT", path: string[] | null = null) {
    super(message, code, path);
  }
}

export class ForbiddenError extends DomainError {
  override readonly kind = "ForbiddenError";

  constructor(message: string, code = "FORBIDDEN", path: string[] | null = null) {
    super(message, code, path);
  }
}

export class UnavailableError extends DomainError {
  override readonly kind = "UnavailableError";

  constructor(
    message: string,
    /** What to start, load or check. */
    readonly hint: string | null,
    code = "UNAVAILABLE",
    path: string[] | null = null,
  ) {
    super(message, code, path);
  }
}
