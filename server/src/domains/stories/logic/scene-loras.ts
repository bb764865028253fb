import { z } from "zod";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { storableText } from "#lib/storable-text.ts";

const lora = z.object({
  name: storableText(300).refine((name) => name.trim() !== "", "a LoRA needs a name"),
  strength: z.number().min(-10, "a strength is -10 to 10").max(10, "a strength is -10 to 10").default(1),
  enabled: z.boolean().default(true),
});

/** A LoRA that a scene is rendered with. */
export type SceneLora = z.output<typeof lora>;
export const loraFields = lora;
export const loraChanges = lora.pick({ strength: true, enabled: true }).partial();

/** In the order in which they are applied, each once. */
export const loraList = z
  .array(lora)
  .max(50, "a scene has at most 50 LoRAs")
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, "each LoRA can be there once");

/** Adds a LoRA, at the end. @throws ConflictError when it is there */
export function addLora(list: readonly SceneLora[], added: SceneLora): SceneLora[] {
  if (list.some(({ name }) => name === added.name))
    throw new ConflictError("The scene has this LoRA already", "NAME_TAKEN", ["name"]);
  return [...list, added];
}

/** @throws NotFoundError */
export function changeLora(list: readonly SceneLora[], name: string, change: Partial<SceneLora>): SceneLora[] {
  requireLora(list, name);
  return list.map((each) => (each.name === name ? { ...each, ...change } : each));
}

/** @throws NotFoundError */
export function removeLora(list: readonly SceneLora[], name: string): SceneLora[] {
  requireLora(list, name);
  return list.filter((each) => each.name !== name);
}

/** @throws NotFoundError, ConflictError unless each is named once */
export function reorderLoras(list: readonly SceneLora[], names: readonly string[]): SceneLora[] {
  const known = new Map(list.map((each) => [each.name, each]));
  const sorted = names.map((name, index) => {
    const found = known.get(name);
    if (!found) throw new NotFoundError("The LoRA", ["names", String(index)]);
    return found;
  });
  if (sorted.length !== list.length || new Set(names).size !== list.length)
    throw new ConflictError("Name all LoRAs that the scene has by now, each once", "LORAS_CHANGED", ["names"]);
  return sorted;
}

function requireLora(list: readonly SceneLora[], name: string): void {
  if (!list.some((each) => each.name === name)) throw new NotFoundError("The LoRA", ["name"]);
}
