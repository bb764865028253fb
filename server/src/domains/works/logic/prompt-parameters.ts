import { z } from "zod";
import { templateVariables } from "#domains/works/logic/template.ts";
import { isJsonObject } from "#lib/json.ts";
import { isPlainKey, reservedKeyMessage } from "#lib/plain-key.ts";
import { storableText } from "#lib/storable-text.ts";

/** A parameter of a version: what the model is called with, or a variable of the template, or both. */
export type ParameterValue = string | number | boolean;
export type PromptParameters = Record<string, ParameterValue>;

/** Characters of a chapter that the model is given at once, unless the parameter part_characters says otherwise. */
export const usualPartCharacters = 4_000;

const maxParameters = 100;
const fixed = new Set<string>(templateVariables);

/** Parameters that mean something to us or to the model; all others are variables of the template only. */
const meanings: Record<string, z.ZodType<ParameterValue>> = {
  temperature: within(0, 2),
  max_tokens: whole(1, 1_000_000),
  top_p: within(0, 1),
  top_k: whole(0, 100_000),
  min_p: within(0, 1),
  presence_penalty: within(-2, 2),
  frequency_penalty: within(-2, 2),
  repeat_penalty: within(0, 10),
  seed: whole(0, Number.MAX_SAFE_INTEGER),
  part_characters: whole(200, 200_000),
};

function within(min: number, max: number) {
  const error = `a number from ${min} to ${max}`;
  return z.number({ error }).min(min, error).max(max, error);
}

function whole(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, error).max(max, error);
}

const value = z.union([storableText(10_000), z.number(), z.boolean()], {
  error: "a parameter is a text, a number, or true or false",
});

/** An object of parameters, as people give it. */
export const promptParameters = z.unknown().transform((given, context): PromptParameters => {
  const refuse = (message: string, ...path: string[]): void => context.addIssue({ code: "custom", message, path });
  if (!isJsonObject(given)) {
    refuse("parameters are an object of values by name");
    return {};
  }
  const entries = Object.entries(given);
  if (entries.length > maxParameters) refuse(`at most ${maxParameters} parameters`);
  for (const [name, each] of entries) {
    if (!isPlainKey(name)) refuse(reservedKeyMessage, name);
    else if (!/^[A-Za-z_][\w.-]{0,99}$/.test(name))
      refuse("a name begins with a letter and consists of letters a–z, digits, _, . and -", name);
    else if (fixed.has(name)) refuse(`every prompt has a variable ${name}; give the parameter another name`, name);
    const meaning = Object.hasOwn(meanings, name) ? (meanings[name] ?? value) : value;
    for (const { message } of meaning.safeParse(each).error?.issues ?? []) refuse(message, name);
  }
  return given as PromptParameters;
});

/** How the model is called, in the names of the AI SDK; what it does not know is sent as it is. */
export interface CallSettings {
  temperature?: number;
  maxOutputTokens?: number;
  topP?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  seed?: number;
  /** For servers that know more, by the protocol's names. */
  extra?: Record<string, number>;
}

const sdkNames = {
  temperature: "temperature",
  max_tokens: "maxOutputTokens",
  top_p: "topP",
  presence_penalty: "presencePenalty",
  frequency_penalty: "frequencyPenalty",
  seed: "seed",
} as const;
const extraNames = ["top_k", "min_p", "repeat_penalty"] as const;

/** @param parameters as they were checked when they were stored */
export function callSettings(parameters: PromptParameters): CallSettings {
  const numberOf = (name: string): number | undefined => {
    const found = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    return typeof found === "number" ? found : undefined;
  };
  const pick = (names: Iterable<readonly [string, string]>) =>
    Object.fromEntries(
      [...names].flatMap(([name, as]) => {
        const found = numberOf(name);
        return found === undefined ? [] : [[as, found] as const];
      }),
    );
  const extra = pick(extraNames.map((name) => [name, name]));
  return { ...pick(Object.entries(sdkNames)), ...(Object.keys(extra).length > 0 ? { extra } : {}) };
}

export function partCharactersOf({ part_characters: given }: PromptParameters): number {
  return typeof given === "number" ? given : usualPartCharacters;
}

/** Every name that a template may use whose version has parameters of these names. */
export function namesFor(parameterNames: readonly string[]): string[] {
  return [...templateVariables, ...parameterNames];
}
