/**
 * Every text that the choices `{a|b}` of a text can give: the rules said by plain recursion, without regard for speed, to
 * test the product against. Knows weights above 0, but not several picks at once.
 */
export function everyOutcome(text: string): Set<string> {
  const open = text.indexOf("{");
  if (open === -1) return new Set([text]);
  let depth = 0;
  let close = -1;
  const bars: number[] = [];
  for (let i = open; i < text.length && close === -1; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "|" && depth === 1) bars.push(i);
    else if (text[i] === "}" && --depth === 0) close = i;
  }
  const before = new Set([text.slice(0, open)]);
  if (close === -1) return combine([before, new Set(["{"]), everyOutcome(text.slice(open + 1))]);
  const after = everyOutcome(text.slice(close + 1));
  if (bars.length === 0)
    return combine([before, new Set(["{"]), everyOutcome(text.slice(open + 1, close)), new Set(["}"]), after]);
  const cuts = [open, ...bars, close];
  const options = cuts.slice(1).map((cut, n) => text.slice((cuts[n] ?? 0) + 1, cut).replace(/^\s*[\d.]+\s*::/, ""));
  return combine([before, new Set(options.flatMap((option) => [...everyOutcome(option)])), after]);
}

/** Every way to put one of each set behind one of the set before. */
export function combine(parts: readonly ReadonlySet<string>[]): Set<string> {
  return parts.reduce<Set<string>>(
    (all, part) => new Set([...all].flatMap((a) => [...part].map((b) => a + b))),
    new Set([""]),
  );
}
