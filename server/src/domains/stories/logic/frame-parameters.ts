import { primaryInput, type WorkflowParameter } from "#domains/workflows/logic/parameter.ts";

/** Keys of the parameters that take the first and the last frame of a clip. */
export interface FrameKeys {
  first: string;
  last: string;
}

type Named = Pick<WorkflowParameter, "key" | "label" | "type">;

const saysLast = /\b(last|end|to)\b/i;
const saysFirst = /\b(first|start|from)\b/i;

/**
 * Which picture is which in a first-last-frame workflow: by what their parameters are called, else by their order.
 * @param given by a person, for one or both
 * @returns null for a workflow that does not take two pictures, or lacks what is given
 */
export function frameKeys(parameters: readonly Named[], given: Partial<FrameKeys> = {}): FrameKeys | null {
  const pictures = parameters.filter(({ type }) => type === "IMAGE");
  const called = (says: RegExp, other: string | undefined): string | undefined =>
    pictures.find(({ key, label }) => key !== other && says.test(`${label} ${key.replaceAll("_", " ")}`))?.key;
  const not = (other: string | undefined): string | undefined => pictures.find(({ key }) => key !== other)?.key;
  const last = given.last ?? called(saysLast, given.first) ?? undefined;
  const first = given.first ?? called(saysFirst, last) ?? not(last);
  const keys = { first, last: last ?? not(first) };
  const isThere = (key: string | undefined): key is string => pictures.some((each) => each.key === key);
  if (!isThere(keys.first) || !isThere(keys.last) || keys.first === keys.last) return null;
  return { first: keys.first, last: keys.last };
}

/** How a job is given two frames: one as its input, for the parameter that takes inputs, the others by parameter. */
export function framesAsInput(
  parameters: readonly WorkflowParameter[],
  keys: FrameKeys,
  frames: { first: string; last: string },
): { input: string; params: Record<string, string> } {
  const primary = primaryInput(parameters)?.key;
  const params = { [keys.first]: frames.first, [keys.last]: frames.last };
  const others = Object.entries(params).filter(([key]) => key !== primary);
  return { input: params[primary ?? ""] ?? frames.first, params: Object.fromEntries(others) };
}
