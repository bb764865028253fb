import { type FormParameter, type FormSlot, type FormValues, slotKey } from "#features/generate/form-values.ts";

const largestSeed = 2n ** 64n - 1n;

/**
 * Values that were typed earlier, for a workflow as it is now: what it no longer has is left out, numbers out of range go
 * to the nearest end, and what is of another type gives way to the workflow's own.
 */
export function restoredValues(
  values: FormValues,
  parameters: readonly FormParameter[],
  slots: readonly FormSlot[],
): FormValues {
  const kept: Record<string, string> = {};
  for (const parameter of parameters) {
    const text = values[parameter.key];
    const value = text === undefined ? null : fitting(parameter, text);
    if (value !== null) kept[parameter.key] = value;
  }
  for (const slot of slots) {
    const text = values[slotKey(slot)];
    if (text !== undefined && slot.isUserEditable) kept[slotKey(slot)] = text;
  }
  return kept;
}

/** Null for what the parameter cannot be. */
function fitting({ type, min, max }: FormParameter, text: string): string | null {
  switch (type) {
    case "BOOLEAN":
      return text === "true" || text === "false" ? text : null;
    case "SEED":
      return text === "" || (/^\d{1,20}$/.test(text) && BigInt(text) <= largestSeed) ? text : null;
    case "INT":
    case "FLOAT": {
      if (text === "") return text;
      const number = Number(text);
      if (!Number.isFinite(number) || text.trim() === "") return null;
      if (type === "INT" && !/^[-+]?\d+$/.test(text.trim())) return null;
      if (min != null && number < min) return String(min);
      return max != null && number > max ? String(max) : text;
    }
    case "TEXT":
    case "SELECT":
    case "IMAGE":
    case "VIDEO":
    case "AUDIO":
      return text;
  }
}
