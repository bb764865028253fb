import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { namesFor, type PromptParameters, promptParameters } from "#domains/works/logic/prompt-parameters.ts";
import { checkTemplate, type TemplateProblem } from "#domains/works/logic/template.ts";
import { type FieldIssue, ValidationError } from "#lib/domain-error.ts";
import { isJsonObject, type JsonObject, stringifyJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import { isStorable, storableText } from "#lib/storable-text.ts";
import type { Prisma } from "#platform/db/generated/client.ts";

/** What stands against nothing, and people should know. */
export interface PromptWarning {
  code: "TEXT_UNUSED" | "MODEL_UNKNOWN";
  message: string;
}

export interface PromptDraft {
  model: string;
  template: string;
  parameters?: unknown;
  metadata?: unknown;
}

/** As they are stored. */
export interface PromptContent {
  model: string;
  template: string;
  parameters: PromptParameters;
  metadata: Prisma.InputJsonObject;
}

/** Characters of a template, and of metadata as JSON. */
const maxTemplate = 50_000;

const metadata = z.unknown().transform((given, context): JsonObject => {
  const text = isJsonObject(given) ? stringifyJson(given) : "";
  if (!isJsonObject(given)) context.addIssue({ code: "custom", message: "metadata is an object" });
  else if (text.length > maxTemplate)
    context.addIssue({ code: "custom", message: `metadata has at most ${maxTemplate} characters as JSON` });
  else if (!isStorable(text) || /\\u0000|\\ud[89a-f]/i.test(text))
    context.addIssue({ code: "custom", message: "metadata holds a NUL or half a character, which can't be stored" });
  // As Postgres keeps them: integers beyond 2^53 as the nearest number.
  else return JSON.parse(text) as JsonObject;
  return {};
});

const promptFields = z.object({
  model: storableText(200).trim().min(1, "a prompt needs the name of a model"),
  template: storableText(maxTemplate).refine((text) => text.trim() !== "", "a prompt needs a template"),
  parameters: promptParameters,
  metadata,
});

/**
 * Renders a draft without sending it anywhere.
 * @throws ValidationError with every problem, those of the template with their place
 */
export async function checkPrompt(
  deps: Pick<Deps, "llm" | "config">,
  draft: PromptDraft,
): Promise<{ content: PromptContent; warnings: PromptWarning[] }> {
  const content = parseInput(promptFields, {
    ...draft,
    parameters: draft.parameters ?? {},
    metadata: draft.metadata ?? {},
  });
  const { problems, used } = checkTemplate(content.template, namesFor(Object.keys(content.parameters)));
  if (problems.length > 0) throw new ValidationError(problems.map(issueOf), "TEMPLATE");
  return {
    content: { ...content, metadata: content.metadata as Prisma.InputJsonObject },
    warnings: await warningsOf(deps, content.model, used),
  };
}

function issueOf({ message, line, column }: TemplateProblem): FieldIssue {
  return { path: ["template"], message: `line ${line}, column ${column}: ${message}` };
}

/** @param model null: nothing is said about it */
export async function warningsOf(
  { llm, config }: Pick<Deps, "llm" | "config">,
  model: string | null,
  used: readonly string[],
): Promise<PromptWarning[]> {
  const warnings: PromptWarning[] = [];
  if (!used.includes("chapter.text"))
    warnings.push({
      code: "TEXT_UNUSED",
      message: "the template never names {chapter.text}: the model is not told what to translate",
    });
  if (model === null || model === config.llm?.models.translation) return warnings;
  const status = await llm.status();
  if (status.models.includes(model)) return warnings;
  const why = status.isReachable ? "the language model server does not offer it" : "no language model server answers";
  warnings.push({ code: "MODEL_UNKNOWN", message: `nothing is known of the model ${model}: ${why}` });
  return warnings;
}
