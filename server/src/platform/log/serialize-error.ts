/** What is told of an error: not whatever a library hangs on it, such as whole requests, rows and headers. */
interface ToldError {
  type: string;
  message: string;
  stack?: string | undefined;
  code?: string | number;
  cause?: ToldError;
  errors?: ToldError[];
}

/** How many causes are followed. */
const maxCauses = 5;

/**
 * @param isWhole also tells an error's details, which may hold what people wrote: Postgres shows the row that it refused,
 * a language model's client the request
 */
export function serializeError(error: unknown, isWhole: boolean, left = maxCauses): unknown {
  if (!(error instanceof Error)) return isWhole || typeof error !== "object" ? error : { type: typeof error };
  const { name, message, stack, cause, code, detail, errors } = error as Error & Record<string, unknown>;
  const inner =
    left > 0 && cause instanceof Error ? { cause: serializeError(cause, isWhole, left - 1) as ToldError } : {};
  const several =
    left > 0 && Array.isArray(errors)
      ? { errors: errors.slice(0, maxCauses).map((each) => serializeError(each, isWhole, left - 1) as ToldError) }
      : {};
  return {
    type: name,
    message: String(message),
    stack,
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    ...(isWhole && detail !== undefined ? { detail } : {}),
    ...inner,
    ...several,
  };
}
