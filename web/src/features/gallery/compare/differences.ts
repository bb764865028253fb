import type { NamedValue } from "#features/gallery/detail/named-value.ts";

export interface Difference {
  key: string;
  label: string;
  /** Null where that output has no such thing. */
  values: readonly [string | null, string | null];
}

/** What two outputs have otherwise, in the order of the first and then of the second; what both have alike is left out. */
export function differencesOf(first: readonly NamedValue[], second: readonly NamedValue[]): Difference[] {
  const others = new Map(second.map((each) => [each.key, each]));
  const known = new Set(first.map(({ key }) => key));
  const both = first.map(({ key, label, value }): Difference => {
    const other = others.get(key);
    return { key, label, values: [value, other?.value ?? null] };
  });
  const added = second
    .filter(({ key }) => !known.has(key))
    .map(({ key, label, value }): Difference => ({ key, label, values: [null, value] }));
  return [...both, ...added].filter(({ values: [a, b] }) => a !== b);
}
