import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { UsageError } from "#cli/api.ts";
import { isJsonObject, type JsonObject, parseJson } from "#lib/json.ts";

/** Reads a whole number between two bounds. */
export function count(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^-?\d+$/.test(text) || number < min || number > max)
      throw new InvalidArgumentError(`It is a whole number between ${min} and ${max}.`);
    return number;
  };
}

/** Reads a seed exactly, however large. */
export function seed(text: string): bigint {
  if (!/^\d{1,20}$/.test(text)) throw new InvalidArgumentError("It is a whole number between 0 and 2^64 − 1.");
  return BigInt(text);
}

/** Collects a repeated `key=value`. */
export function keyValue(text: string, earlier: Record<string, string> | undefined): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError(`"${text}" has no name before "="; give it as key=value.`);
  const key = text.slice(0, at).trim();
  if (Object.hasOwn(earlier ?? {}, key)) throw new InvalidArgumentError(`"${key}" is given twice.`);
  return { ...earlier, [key]: text.slice(at + 1) };
}

/** Collects a repeated path, as seen from where the command was called. */
export function path(text: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), resolve(text)];
}

export function texts(text: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), text];
}

/** The object in a JSON file. @throws UsageError */
export async function readJsonObject(file: string, option: string): Promise<JsonObject> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${option}: ${file} can't be read (${error.code ?? error.message})`);
  });
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new UsageError(`${option}: ${file} is no JSON: ${(error as Error).message}`);
  }
  if (!isJsonObject(value)) throw new UsageError(`${option}: ${file} holds no JSON object`);
  return value;
}
