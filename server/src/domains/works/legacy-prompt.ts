import { z } from "zod";
import { isJsonObject, stringifyJson } from "#lib/json.ts";
import { isStorable, storableText } from "#lib/storable-text.ts";
import { Prisma } from "#platform/db/generated/client.ts";

/** What translations from elsewhere were made with. Nothing is checked against our own variables: it is a record. */
export interface LegacyPrompt {
  name?: string | undefined;
  model?: string | undefined;
  template?: string | undefined;
  parameters?: unknown;
}

const maxParameters = 20_000;

export const legacyPrompt = z
  .object({
    name: storableText(200).trim().optional(),
    model: storableText(200).trim().optional(),
    template: storableText(50_000).optional(),
    parameters: z
      .custom<Prisma.InputJsonObject>((given) => {
        if (!isJsonObject(given)) return false;
        const text = stringifyJson(given);
        return text.length <= maxParameters && isStorable(text) && !/\\u0000|\\ud[89a-f]/i.test(text);
      }, `parameters are an object of at most ${maxParameters} characters as JSON`)
      .transform((given) => JSON.parse(stringifyJson(given)) as Prisma.InputJsonObject)
      .optional(),
  })
  .refine(({ name, model, template }) => Boolean(name || model || template), "say its name, its model or its template");

/** As translations keep it. */
export function snapshotOf(prompt: z.output<typeof legacyPrompt> | undefined) {
  return {
    legacyPromptName: prompt?.name || null,
    modelSnapshot: prompt?.model || null,
    templateSnapshot: prompt?.template || null,
    parametersSnapshot: prompt?.parameters ?? Prisma.DbNull,
  };
}
