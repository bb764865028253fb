import { compare } from "natural-orderby";

const natural = compare();

/** Natural order of node ids and names: "9" before "10", "57:8" after "57". Total: equal only when identical. */
export function compareNatural(a: string, b: string): number {
  if (a === b) return 0;
  return natural(a, b) || (a < b ? -1 : 1);
}
