import { differ, letterOf, textsOf } from "./variant-drafts.ts";

const slots = [
  { id: "positive", text: "{character_name} at dusk" },
  { id: "negative", text: "" },
];
const variant = (texts: Record<string, string>) => ({ id: letterOf(0), label: "", texts });

test("only texts that differ from what is stored are sent", () => {
  expect(textsOf(variant({ positive: "{character_name} at dusk", negative: "blurry" }), slots)).toEqual([
    { slotId: "negative", text: "blurry" },
  ]);
});

test("variants that say the same are nothing to compare", () => {
  expect(differ([variant({}), variant({ positive: "{character_name} at dusk" })], slots)).toBe(false);
  expect(differ([variant({}), variant({ positive: "at dawn" })], slots)).toBe(true);
});
