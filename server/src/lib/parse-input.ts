import type { z } from "zod";
import { ValidationError } from "#lib/domain-error.ts";

/**
 * Checks an input against a zod schema.
 * @throws ValidationError with one issue for each wrong field
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  at: string[] = [],
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ValidationError(
    result.error.issues.map((issue) => ({ path: [...at, ...issue.path.map(String)], message: issue.message })),
  );
}
