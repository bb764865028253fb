import { showValue } from "#lib/show-value.ts";

/** A character's metadata as rows to edit; order is kept. */
export interface MetadataRow {
  id: string;
  key: string;
  value: string;
}

export function toEntries(metadata: unknown): [string, string][] {
  if (metadata === null || typeof metadata !== "object") return [];
  return Object.entries(metadata).map(([key, value]) => [key, showValue(value)]);
}

export function describeMetadata(metadata: unknown): string {
  return toEntries(metadata)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");
}

/** What keeps a row from being saved; undefined when it is fine. Keys are what `{key}` in a prompt may name. */
export function rowProblem(row: MetadataRow, rows: readonly MetadataRow[]): string | undefined {
  if (row.key === "") return row.value === "" ? undefined : "Give this value a key.";
  if (!/^\w+$/.test(row.key)) return "Letters, digits and _ only.";
  return rows.some((other) => other.id !== row.id && other.key === row.key) ? "This key is there twice." : undefined;
}

export function toMetadata(rows: readonly MetadataRow[]): Record<string, string> {
  return Object.fromEntries(rows.filter((row) => row.key !== "").map((row) => [row.key, row.value]));
}
