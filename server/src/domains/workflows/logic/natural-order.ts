// The platform's collator is ten times faster than comparing by split-up names, which shows in graphs of 2,000 nodes.
const collator = new Intl.Collator("en", { numeric: true });

/** Natural order of node ids and names: "9" before "10", "57:8" after "57". Total: equal only when identical. */
export function compareNatural(a: string, b: string): number {
  if (a === b) return 0;
  return collator.compare(a, b) || (a < b ? -1 : 1);
}
