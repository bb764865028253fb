import { maxSuggestions, relevanceAnswer, suggestionsOf } from "#domains/stories/logic/relevance-answer.ts";

const mara = { id: "m", type: "CHARACTER" as const, name: "Mara", isLocked: true };
const pier = { id: "p", type: "LOCATION" as const, name: "Pier", isLocked: true };
const draft = { id: "d", type: "PROP" as const, name: "Lamp", isLocked: false };
const suggest = (answer: unknown, inScene: string[] = []) =>
  suggestionsOf(relevanceAnswer.parse(answer), [mara, pier, draft], new Set(inScene));

test("ids that are not among the locked assets are dropped, and so is what the scene has", () => {
  const relevant = [{ id: "m", why: "she speaks", tags: ["Wet ", "wet"] }, { id: "x" }, { id: "d" }, { id: "p" }];
  expect(suggest({ relevant }, ["p"])).toEqual([
    {
      projectAssetId: "m",
      type: "CHARACTER",
      name: "Mara",
      description: "",
      reason: "she speaks",
      statusTags: ["wet"],
    },
  ]);
});

test("what is new is a suggestion without an asset, unless there is one of that type and name", () => {
  const required = [
    { type: "PROP", name: " rope ", description: "thick", why: "to climb" },
    { type: "PROP", name: "ROPE" },
    { type: "PROP", name: "lamp" },
    { type: "CHARACTER", name: "mara" },
    { type: "PROP", name: " " },
  ];
  expect(suggest({ required }, ["m"])).toMatchObject([
    { projectAssetId: null, name: "rope", description: "thick", reason: "to climb" },
    { projectAssetId: "d", name: "Lamp" },
  ]);
});

test("texts are cut to what can be stored, and there are only so many", () => {
  const required = Array.from({ length: maxSuggestions + 5 }, (_, index) => ({
    type: "PROP",
    name: `${index} ${"x".repeat(300)}`,
    description: "half \ud83d\u0000",
  }));
  const suggestions = suggest({ required });
  expect(suggestions).toHaveLength(maxSuggestions);
  expect(suggestions[0]?.name).toHaveLength(200);
  expect(suggestions[0]?.description).not.toMatch(/\u0000|\ud83d$/);
});

test("an answer of another form is refused", () => {
  expect(relevanceAnswer.safeParse({ required: [{ type: "VEHICLE", name: "car" }] }).success).toBe(false);
  expect(relevanceAnswer.safeParse("none").success).toBe(false);
});
