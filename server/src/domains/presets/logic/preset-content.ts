import { z } from "zod";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { isStorable, storableText } from "#lib/storable-text.ts";

/** Fields of a submission that settings may hold; all have the names and meanings that submitJob gives them. */
export const settingNames = [
  "params",
  "resolution",
  "flipOrientation",
  "tries",
  "seedMode",
  "seed",
  "promptMode",
  "stages",
  "pool",
  "priority",
  "splitByInput",
  "skipBlocked",
  "allowUnresolved",
  "allowPartial",
] as const;

const maxTexts = 200;
/** Bytes of the content as JSON. */
export const maxContentBytes = 256 * 1024;

/** Texts by the names that `params` takes for prompts, such as positive_prompt or 12.text. */
export const promptContent = z
  .record(storableText(200).min(1), storableText(50_000))
  .refine((texts) => Object.keys(texts).length <= maxTexts, `a preset holds at most ${maxTexts} prompts`);

/** Values are checked when they are applied: what is right depends on the workflow. */
export const settingsContent = z
  .custom<JsonObject>(isJsonObject, "must be an object of settings")
  .superRefine((value, context) => {
    for (const [name, each] of Object.entries(value)) {
      if (!(settingNames as readonly string[]).includes(name))
        context.addIssue({ code: "custom", path: [name], message: `is none of ${settingNames.join(", ")}` });
      else if (!isAllStorable(each))
        context.addIssue({ code: "custom", path: [name], message: "holds a text that can't be stored" });
    }
  });

function isAllStorable(value: JsonValue): boolean {
  if (typeof value === "string") return isStorable(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, each]) => isStorable(key) && isAllStorable(each));
}
