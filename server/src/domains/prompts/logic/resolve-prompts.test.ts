import fc from "fast-check";
import { dispatchTexts } from "#domains/prompts/logic/dispatch-texts.ts";
import type {
  FragmentEntry,
  OverrideScope,
  ResolveInput,
  ResolveSlot,
  SlotOverride,
} from "#domains/prompts/logic/resolution-types.ts";
import { resolvePrompts } from "#domains/prompts/logic/resolve-prompts.ts";
import { everyOutcome } from "#test/support/every-outcome.ts";
import { resolve, resolveAll, resolveText, slot } from "#test/support/resolve-slot.ts";

const inline = (text: string): FragmentEntry => ({ type: "INLINE", fragmentId: null, text });
const ref = (fragmentId: string, text: string): FragmentEntry => ({ type: "FRAGMENT_REF", fragmentId, text });
const override = (scope: OverrideScope, text: string | null, ...fragments: FragmentEntry[]): SlotOverride => ({
  scope,
  slotId: "s",
  text,
  fragments,
});
test("a portrait from scene type, metadata and fragments, with each piece's origin", () => {
  const resolved = resolve({
    defaults: [
      { slotId: "s", clipPosition: "FULL_CLIP", text: "a portrait of {character_name} with {hair_color} hair" },
    ],
    character: { name: "Mara", metadata: { hair_color: "red" } },
    overrides: [override("CHARACTER", null, ref("f1", "soft window light"), inline("{mood} expression"))],
  });
  expect(resolved).toEqual({
    slotId: "s",
    baseText: "a portrait of {character_name} with {hair_color} hair",
    resolvedText: "a portrait of Mara with red hair, soft window light, {mood} expression",
    source: "WITH_FRAGMENTS",
    unresolvedPlaceholders: ["mood"],
    unresolvedLibraryReferences: [],
    appliedFragments: [
      { fragmentId: "f1", text: "soft window light", isInline: false, scope: "CHARACTER" },
      { fragmentId: null, text: "{mood} expression", isInline: true, scope: "CHARACTER" },
    ],
    warnings: [],
    spans: [
      { text: "a portrait of ", layer: "scene type", ref: null },
      { text: "Mara", layer: "placeholder", ref: "character_name" },
      { text: " with ", layer: "scene type", ref: null },
      { text: "red", layer: "placeholder", ref: "hair_color" },
      { text: " hair", layer: "scene type", ref: null },
      { text: ", soft window light", layer: "fragment", ref: "f1" },
      { text: ", {mood} expression", layer: "fragment", ref: null },
    ],
  });
});

describe("base text", () => {
  test("the narrowest override that has a text wins", () => {
    const overrides = [override("CHARACTER", null), override("GROUP", "group"), override("PROJECT", "project")];
    expect(resolve({ overrides })).toMatchObject({
      resolvedText: "group",
      source: "OVERRIDE",
      spans: [{ layer: "override scope", ref: "GROUP" }],
    });
  });

  test("an empty text replaces too", () => {
    expect(resolve({ overrides: [override("CHARACTER", "")] })).toMatchObject({
      resolvedText: "",
      source: "OVERRIDE",
      spans: [],
    });
  });

  test("start and continuation clips fall back to the whole clip's text, never to each other's", () => {
    const whole = { slotId: "s", clipPosition: "FULL_CLIP", text: "whole" } as const;
    const start = { slotId: "s", clipPosition: "START_CLIP", text: "start" } as const;
    const at = (clipPosition: ResolveInput["clipPosition"], ...defaults: ResolveInput["defaults"]) =>
      resolve({ clipPosition, defaults }).resolvedText;
    expect(at("START_CLIP", whole, start)).toBe("start");
    expect(at("CONTINUATION_CLIP", whole, start)).toBe("whole");
    expect(at("FULL_CLIP", start)).toBe("a person walking");
  });

  test("slots come in slot order, whatever the order they were loaded in", () => {
    const slots = [slot({ id: "b", sortOrder: 2 }), slot({ id: "a", sortOrder: 1 })];
    expect(resolveAll({ slots }).map((resolved) => resolved.slotId)).toEqual(["a", "b"]);
  });

  test("a locked slot resolves with what was written before", () => {
    const slots = [slot({ isUserEditable: false })];
    expect(resolve({ slots, overrides: [override("PROJECT", "kept")] }).resolvedText).toBe("kept");
  });
});

describe("placeholders", () => {
  test.each(["$&", "$1", "\\", "{", "}", "%quality%", "{other}", "{a|b}", "(", "$`"])(
    "the value %s comes out as written",
    (value) => {
      expect(resolveText("x {v} y", { v: value, other: "wrong" })).toMatchObject({
        resolvedText: `x ${value} y`,
        unresolvedPlaceholders: [],
      });
    },
  );

  test("an empty value is the empty string, an unknown key stays and is named once", () => {
    expect(resolveText("{b}{a}{empty}{b}", { empty: "" })).toMatchObject({
      resolvedText: "{b}{a}{b}",
      unresolvedPlaceholders: ["b", "a"],
    });
  });

  test("keys that objects inherit are unknown", () => {
    expect(resolveText("{constructor} {__proto__}").unresolvedPlaceholders).toEqual(["constructor", "__proto__"]);
  });

  test("metadata can define the character's name, and without a character it is unknown", () => {
    expect(resolveText("{character_name}", { character_name: "M." }).resolvedText).toBe("M.");
    expect(
      resolve({ slots: [slot({ defaultText: "{character_name}" })], character: null }).unresolvedPlaceholders,
    ).toEqual(["character_name"]);
  });

  test("brace groups without a bar and without word characters alone are text; placeholders inside them are filled", () => {
    expect(resolveText("{} {a b} {{v}} {v {-}", { v: "1" })).toMatchObject({
      resolvedText: "{} {a b} {1} {v {-}",
      unresolvedPlaceholders: [],
      warnings: [],
    });
  });
});

describe("fragments", () => {
  test("widest scope first, each in its stored order", () => {
    const overrides = [
      override("CHARACTER", null, inline("5")),
      override("PROJECT", null, inline("1"), inline("2")),
      override("GROUP", null, inline("3"), inline("4")),
    ];
    expect(resolveText("0", {}, overrides).resolvedText).toBe("0, 1, 2, 3, 4, 5");
  });

  test("an empty base gives the fragments alone", () => {
    expect(resolveText("{v}", { v: "" }, [override("GROUP", null, inline("a"), inline("b"))]).resolvedText).toBe(
      "a, b",
    );
  });

  test("blank ones are skipped, also those that their placeholders leave blank", () => {
    const resolved = resolveText("a", { v: " " }, [
      override("PROJECT", null, inline(" \n"), inline("{v}"), inline("")),
    ]);
    expect(resolved).toMatchObject({ resolvedText: "a", source: "WORKFLOW_DEFAULT", appliedFragments: [] });
  });
});

describe("weights", () => {
  test.each([
    ["(word:1.3), (a (b:.5) c:1)", 0],
    ["\\(smile\\) (x:-0.5)", 0],
    ["(word:abc)", 1],
    ["(word:)", 1],
    ["(a:{1})", 0],
    ["((a:1.2)", 1],
    ["a) (b", 2],
  ])("%s gives %i warnings and passes through", (text, count) => {
    const resolved = resolveText(text);
    expect(resolved.resolvedText).toBe(text);
    expect(resolved.warnings).toHaveLength(count);
  });

  test("of more than 120,000 characters nothing is said of parentheses that stay open there", () => {
    const long = "x".repeat(120_000);
    expect(resolveText(`(a:b) (${long})`).warnings).toEqual(['The weight in "(a:b)" is not a number.']);
  });
});

test("a slot that is only linked gives no text to dispatch until something overrides it", () => {
  const slots = [slot({ defaultText: null, isLinked: true }), slot({ id: "t", nodeId: "7" })];
  const texts = (overrides: SlotOverride[]) =>
    dispatchTexts(slots, resolveAll({ slots, overrides })).map((text) => text.nodeId);
  expect(texts([])).toEqual(["7"]);
  expect(texts([override("CHARACTER", "now")])).toEqual(["6", "7"]);
  expect(texts([override("CHARACTER", null, inline("added"))])).toEqual(["6", "7"]);
});

test("a slot linked to a known text keeps its link unless that text changes or was edited", () => {
  const nodes = (changes: Partial<ResolveSlot> & { editedDefaultText?: string }) => {
    const slots = [slot({ isLinked: true, ...changes })];
    return dispatchTexts(slots, resolveAll({ slots }));
  };
  expect(nodes({})).toEqual([]);
  expect(nodes({ defaultText: "by {character_name}" })).toMatchObject([{ text: "by Mara" }]);
  expect(nodes({ defaultText: "new", editedDefaultText: "new" })).toMatchObject([{ text: "new" }]);
});

/** The specification said as plainly as it can be, without regard for speed or spans: every text that it allows. */
function naive(input: ResolveInput, one: ResolveSlot): { texts: Set<string>; unresolved: string[] } {
  const unresolved: string[] = [];
  const values = new Map(Object.entries({ character_name: input.character?.name ?? "", ...input.character?.metadata }));
  // Values are kept out of the way as characters that nobody writes until everything else is done.
  const inserted: string[] = [];
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (written, key: string) => {
      const value = values.get(key);
      if (value === undefined && !unresolved.includes(key)) unresolved.push(key);
      if (value === undefined || value === "") return value ?? written;
      return String.fromCharCode(0xe000 + inserted.push(value) - 1);
    });
  const show = (text: string) =>
    text.replace(/[\ue000-\uf8ff]/g, (mark) => inserted[mark.charCodeAt(0) - 0xe000] ?? mark);
  const its = (["PROJECT", "GROUP", "CHARACTER"] as const).flatMap((scope) =>
    input.overrides.filter((entry) => entry.scope === scope && entry.slotId === one.id),
  );
  const scene = [input.clipPosition, "FULL_CLIP"].flatMap(
    (position) => input.defaults.find((entry) => entry.slotId === one.id && entry.clipPosition === position) ?? [],
  );
  const base = its.findLast((entry) => entry.text !== null)?.text ?? scene[0]?.text ?? one.defaultText ?? "";
  const drawn = (text: string) => new Set([...everyOutcome(fill(text))].map(show));
  const fragments = its.flatMap((entry) => entry.fragments);
  const texts = fragments.reduce((all, fragment) => {
    const outcomes = drawn(fragment.text);
    const join = (before: string, text: string) => (before === "" ? text : before + input.separator + text);
    return new Set(
      [...all].flatMap((before) => [...outcomes].map((text) => (text.trim() === "" ? before : join(before, text)))),
    );
  }, drawn(base));
  return { texts, unresolved };
}

const awkward = fc.string({
  unit: fc.constantFrom(
    "{",
    "}",
    "{a}",
    "{b}",
    "{c1}",
    "{x|y}",
    "|",
    "$&",
    "\\",
    "%",
    "(",
    ")",
    ":",
    "a",
    " ",
    "é",
    "1.3",
  ),
  maxLength: 12,
});
const anyInput: fc.Arbitrary<ResolveInput> = fc.record({
  slots: fc.constant([slot({ id: "s" }), slot({ id: "t", sortOrder: 1, defaultText: null })]),
  defaults: fc.uniqueArray(
    fc.record({
      slotId: fc.constantFrom("s", "t"),
      clipPosition: fc.constantFrom("FULL_CLIP", "START_CLIP", "CONTINUATION_CLIP"),
      text: awkward,
    }),
    { selector: (entry) => `${entry.slotId}${entry.clipPosition}` },
  ),
  character: fc.record({ name: awkward, metadata: fc.dictionary(fc.constantFrom("a", "b"), awkward) }),
  overrides: fc.uniqueArray(
    fc.record({
      scope: fc.constantFrom("PROJECT", "GROUP", "CHARACTER"),
      slotId: fc.constantFrom("s", "t"),
      text: fc.option(awkward),
      fragments: fc.array(awkward.map(inline), { maxLength: 4 }),
    }),
    { selector: (entry) => `${entry.slotId}${entry.scope}` },
  ),
  clipPosition: fc.constantFrom("FULL_CLIP", "START_CLIP", "CONTINUATION_CLIP"),
  separator: fc.constantFrom(", ", "", "{a}", "{x|y}", "\n"),
  seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  tryIndex: fc.nat(99),
});

test("agrees with the plainest reading of the rules on any input, and spans make up the text", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      for (const resolved of resolvePrompts(input)) {
        const expected = naive(input, input.slots.find(({ id }) => id === resolved.slotId) as ResolveSlot);
        expect(expected.texts).toContain(resolved.resolvedText);
        expect(resolved.unresolvedPlaceholders).toEqual(expected.unresolved);
        expect(resolved.spans.map((span) => span.text).join("")).toBe(resolved.resolvedText);
        expect(resolved.spans.every((span) => span.text !== "")).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
