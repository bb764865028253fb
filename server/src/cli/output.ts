import { stringifyJson } from "#lib/json.ts";

/** Where a command writes: results on stdout, everything else on stderr, so that results can be piped. */
export interface Output {
  /** Bars and colours are for terminals. */
  isTerminal: boolean;
  /** Results as JSON. */
  json: boolean;
  result: (line: string) => void;
  note: (line: string) => void;
}

/** Writes a result as JSON, or in the form for people. */
export function show(out: Output, value: unknown, forPeople: () => string | readonly string[]): void {
  if (out.json) {
    out.result(stringifyJson(value, 2));
    return;
  }
  const text = forPeople();
  for (const line of typeof text === "string" ? [text] : text) out.result(line);
}

/** Rows in columns, each as wide as its widest text. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  return [headings, ...rows].map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

export const percent = (share: number): string => `${Math.floor(share * 100)} %`;
