import { type FormParameter, type FormSlot, type FormValues, slotKey } from "#features/generate/form-values.ts";
import { showValue } from "#lib/show-value.ts";

interface FormGroup {
  name: string;
  parameters: FormParameter[];
}

export interface FormLayout {
  /** The parameter that the job's input files go to, one run each. */
  input: FormParameter | null;
  /** Seeds are asked for once per job, with the seed mode. */
  seed: FormParameter | null;
  groups: FormGroup[];
}

/**
 * Sorts parameters into the form by their hints alone. Left out: hidden ones, texts that a prompt slot already
 * shows, and the two that the job asks for itself.
 */
export function layoutForm(
  parameters: readonly FormParameter[],
  slots: readonly FormSlot[],
  inputKind: "IMAGE" | "VIDEO" | "NONE",
): FormLayout {
  const ordered = parameters.toSorted((a, b) => a.ui.order - b.ui.order);
  const input = ordered.find((parameter) => parameter.type === inputKind) ?? null;
  const seed = ordered.find((parameter) => parameter.type === "SEED") ?? null;
  const slotKeys = new Set(slots.map(slotKey));
  const isSlot = (parameter: FormParameter) =>
    parameter.bindings.length > 0 && parameter.bindings.every((binding) => slotKeys.has(slotKey(binding)));
  const groups = new Map<string, FormGroup>();
  for (const parameter of ordered) {
    if (parameter === input || parameter === seed || parameter.ui.widget === "hidden" || isSlot(parameter)) continue;
    const name = parameter.ui.group ?? "Settings";
    const group = groups.get(name) ?? { name, parameters: [] };
    group.parameters.push(parameter);
    groups.set(name, group);
  }
  return { input, seed, groups: [...groups.values()] };
}

/** Whether a parameter's field is there while the form holds these values. */
export function isShown({ ui }: FormParameter, values: FormValues): boolean {
  const condition = ui.visibleWhen;
  return !condition || values[condition.key] === showValue(condition.equals);
}
