import { performance } from "node:perf_hooks";
import { substituteLibraries } from "@callsheet/server/domains/libraries/logic/substitute-libraries.ts";
import type { ResolveInput } from "@callsheet/server/domains/prompts/logic/resolution-types.ts";
import { resolvePrompts } from "@callsheet/server/domains/prompts/logic/resolve-prompts.ts";
import { percentile, printTable, round } from "./support.ts";

/**
 * The pure functions behind every preview and dispatch, against code that concatenates the same output by hand.
 * Usage: npm run bench -- resolve
 */
const slotCount = 12;
const fragmentCount = 6;
const scopes = ["PROJECT", "GROUP", "CHARACTER"] as const;
const metadata = { hair_color: "red", outfit: "a grey coat", mood: "calm" };

const slots = Array.from({ length: slotCount }, (_, n) => ({
  id: `slot-${n}`,
  nodeId: String(n + 10),
  inputName: "text",
  label: `Positive Prompt ${n + 1}`,
  slotType: n % 2 === 0 ? ("POSITIVE" as const) : ("NEGATIVE" as const),
  sortOrder: n,
  isUserEditable: true,
  defaultText: "a person walking",
  isLinked: false,
}));
const fragmentText = (n: number): string => `soft window light ${n}, {mood} expression`;
const input: ResolveInput = {
  slots,
  defaults: slots.map(({ id }) => ({
    slotId: id,
    clipPosition: "FULL_CLIP",
    text: "a portrait of {character_name} with {hair_color} hair",
  })),
  character: { name: "Mara", metadata },
  overrides: scopes.flatMap((scope) =>
    slots.map(({ id }) => ({
      scope,
      slotId: id,
      text: null,
      fragments: Array.from({ length: fragmentCount }, (_, n) => ({
        type: "INLINE" as const,
        fragmentId: null,
        text: fragmentText(n),
      })),
    })),
  ),
  clipPosition: "FULL_CLIP",
  separator: ", ",
};

/** The same texts with nothing else: no spans, sources, warnings or reports. */
function byHand(): string[] {
  return slots.map(() => {
    let text = "a portrait of Mara with red hair";
    for (const _scope of scopes) {
      for (let n = 0; n < fragmentCount; n += 1) text += `, soft window light ${n}, calm expression`;
    }
    return text;
  });
}

const entries = Object.fromEntries(
  Array.from({ length: 1_000 }, (_, n) => [`key_${n}`, n % 10 === 0 ? `%key_${n + 1}% and more` : `text number ${n}`]),
);
const libraryText = Array.from({ length: 6_000 }, (_, n) => `a scene with %key_${n % 1_000}%`)
  .join(", ")
  .slice(0, 100_000);
const library = { name: "bench", delimiter: "%", maxDepth: 10, entries };
const replaceByHand = (): string =>
  libraryText.replace(/%(key_\d+)%/g, (whole, key: string) =>
    (entries[key] ?? whole).replace(/%(key_\d+)%/g, (inner, innerKey: string) => entries[innerKey] ?? inner),
  );

const resolved = resolvePrompts(input).map((slot) => slot.resolvedText);
if (resolved.join("\n") !== byHand().join("\n"))
  throw new Error(`the baseline says something else:\n${resolved[0]}\n${byHand()[0]}`);

/** The text of one slot, as a run resolves it. */
const choiceInput = (text: string) => ({
  ...input,
  slots: [{ ...input.slots[0]!, defaultText: text }],
  defaults: [],
  overrides: [],
  seed: 1n,
});
const choices = (piece: string) => {
  const text = piece.repeat(100_000 / piece.length);
  const request = choiceInput(text);
  const drawByHand = () =>
    text.replace(/\{([^{}|]*)\|([^{}|]*)\}/g, (_whole, a: string, b: string) => (Math.random() < 0.5 ? a : b));
  return row(`choices, 100 kB of ${piece}`, 200, () => resolvePrompts(request), drawByHand);
};

const weights = (piece: string) => {
  const text = piece.repeat(100_000 / piece.length);
  const request = choiceInput(text);
  const countByHand = () => text.split("(").length - text.split(")").length;
  return row(`weights, 100 kB of ${piece}`, 200, () => resolvePrompts(request), countByHand);
};

/** The text of one slot that refers to the same entry more than 30,000 times. */
const references = (name: string, texts: Record<string, string>) => {
  const text = "%a%".repeat(100_000 / 3);
  const request = {
    ...choiceInput(text),
    libraries: [{ name: "bench", delimiter: "%", maxDepth: 10, entries: texts }],
  };
  return row(
    `references, 100 kB of %a% ${name}`,
    200,
    () => resolvePrompts(request),
    () => text.replace(/%(\w+)%/g, (whole, key: string) => texts[key] ?? whole),
  );
};

printTable([
  row("resolvePrompts, 12 slots × 3 scopes × 6 fragments", 20_000, () => resolvePrompts(input), byHand),
  row("library, 1,000 entries × 100 kB", 200, () => substituteLibraries(libraryText, [library], 1n), replaceByHand),
  choices("{a soft light|a hard light} on the wall, "),
  choices("{a|b}"),
  choices("{2::a|b}"),
  weights("("),
  weights("(soft light:1.2), "),
  references("for a letter", { a: "x" }),
  references("for a placeholder", { a: "{mood}" }),
  references("that refers to itself", { a: "%a%" }),
  references("for two others", { a: "%b% and %c%", b: "x", c: "y" }),
  references("for a text around a placeholder", { a: "x {mood} y" }),
  references("for five placeholders", { a: "{mood}, {mood}, {mood}, {mood}, {mood}" }),
  references("that doubles", { a: "%a%%a%" }),
  references("that draws and goes on", { a: "%bench:*%", b: "%bench:*% and %c%", c: "{mood}" }),
]);

const { text: hardest, median } = hardestText(300);
const request = anySyntaxInput(hardest);
printTable([
  row(
    `the hardest of 300 texts of 100 kB made of any syntax (half of them: ${round(median, 1)} ms)`,
    200,
    () => resolvePrompts(request),
    () => replaceOnce(hardest),
  ),
]);

/** Every text with a library that refers to itself, draws and takes values, and a value that looks like syntax. */
function anySyntaxInput(text: string) {
  const texts = { a: "soft {b|c} {mood}", b: "%a%", e: "so {mood} and {mood}" };
  return {
    ...choiceInput(text),
    character: { name: "Mara", metadata: { mood: "calm {x} (y:1.3)" } },
    libraries: [{ name: "bench", delimiter: "%", maxDepth: 10, entries: texts }],
  };
}

function replaceOnce(text: string): string {
  const texts: Record<string, string> = { a: "soft b calm", b: "soft b calm", e: "so calm and calm", mood: "calm" };
  return text.replace(
    /%(\w+)%|\{(\w+)\}/g,
    (whole, reference: string, key: string) => texts[reference ?? key] ?? whole,
  );
}

/** Puts texts together at random, the same in every run; answers the slowest and how long half of them take, in ms. */
function hardestText(count: number) {
  const pieces =
    "{a {mood {|{ } {mood} {x} ( ) (a:b) (soft:1.2) \\ {a| {| {a|b} {a|{b}} {2::a|b} {2$$a|b|c} {1-2$$x|%a%} % %a %a% %b% %e% %none% %bench:*% $$ | :: word, é".split(
      " ",
    );
  let state = 1;
  const random = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
  const made = Array.from({ length: count }, () => {
    const chosen = Array.from({ length: 1 + random(6) }, () => pieces[random(pieces.length)] ?? "");
    let text = "";
    while (text.length < 100_000) text += chosen[random(chosen.length)];
    text = text.slice(0, 100_000);
    const request = anySyntaxInput(text);
    return { text, request };
  });
  // What Node.js has not compiled yet takes several times as long, whichever text comes first.
  for (const { request } of made) resolvePrompts(request);
  const timed = made
    .map(({ text, request }) => ({ text, ms: measure(() => resolvePrompts(request), 10).p50 / 1_000 }))
    .toSorted((one, other) => other.ms - one.ms);
  return { text: timed[0]?.text ?? "", median: timed[Math.floor(count / 2)]?.ms ?? 0 };
}

function row(name: string, times: number, ours: () => unknown, baseline: () => unknown) {
  const own = measure(ours, times);
  const base = measure(baseline, times);
  return {
    what: name,
    "p50 µs": round(own.p50, 1),
    "p99 µs": round(own.p99, 1),
    "baseline p50 µs": round(base.p50, 1),
    "times the baseline": round(own.p50 / base.p50, 1),
  };
}

function measure(work: () => unknown, times: number) {
  for (let n = 0; n < times / 10; n += 1) work();
  const figures = Array.from({ length: times }, () => {
    const begin = performance.now();
    work();
    return (performance.now() - begin) * 1_000;
  });
  return { p50: percentile(figures, 50), p99: percentile(figures, 99) };
}
