/** What the name of an input says about the conditioning that it takes. */
export type ConditioningRole = "POSITIVE" | "NEGATIVE" | "EITHER";

/**
 * Role of an input by its name; null when the name is not one under which nodes take conditioning.
 * `cond1`/`cond2` are the two positives of DualCFGGuider; `neg_conditioning` is XlabsSampler's; EITHER passes both.
 */
export function conditioningRole(inputName: string): ConditioningRole | null {
  const name = inputName.toLowerCase();
  if (/^(neg|uncond)/.test(name)) return "NEGATIVE";
  if (name.startsWith("pos") || /^cond\d$/.test(name)) return "POSITIVE";
  if (/^cond(itioning)?(_|$)/.test(name)) return "EITHER";
  return null;
}
