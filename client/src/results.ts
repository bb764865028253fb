import { CallsheetError, type Failure, type FailureKind, MutationError } from "./errors.ts";

/** Of a mutation's result, the case that it could be done. */
export type Payload<Result> = Exclude<NonNullable<Result>, { __typename: FailureKind }>;

const kinds = new Set<unknown>([
  "ValidationError",
  "NotFoundError",
  "ConflictError",
  "ForbiddenError",
  "UnavailableError",
] satisfies FailureKind[]);

/**
 * The payload of a mutation, whose document selects `__typename` and the fragment `Failure`.
 * @throws MutationError for expected failures
 */
export function payloadOf<Result>(result: Result): Payload<Result> {
  if (typeof result !== "object" || result === null) throw new CallsheetError("The API gave no answer.");
  if (kinds.has((result as { __typename?: unknown }).__typename)) throw new MutationError(result as unknown as Failure);
  return result as unknown as Payload<Result>;
}
