import { changesOf, draftOf, fileOf, problemsOf, withoutPrompt } from "#features/scene-prompts/collection-draft.ts";

const saved = draftOf({
  prompts: [
    { name: "subject", value: "a courier", category: "picture", tags: ["scene"] },
    { name: "look", value: "%film%", tags: [] },
  ],
  compositions: [{ name: "picture", promptNames: ["subject", "look"] }],
  separator: ", ",
});
const [subject, look] = saved.prompts as [(typeof saved.prompts)[0], (typeof saved.prompts)[0]];

test("a draft is written as a file of version 2; compositions follow a new name", () => {
  const draft = { ...saved, prompts: [{ ...subject, name: " who ", description: " The courier " }, look] };
  expect(fileOf(draft)).toEqual({
    version: 2,
    v1_backup: null,
    prompts: {
      who: { value: "a courier", category: "picture", description: "The courier", tags: ["scene"] },
      look: { value: "%film%", category: null, description: null, tags: [] },
    },
    order: ["who", "look"],
    compositions: { picture: ["who", "look"] },
    separator: ", ",
  });
});

test("only what differs counts as changed: prompts, compositions, order and separator", () => {
  expect(changesOf(saved, saved).size).toBe(0);
  expect([...changesOf(saved, { ...saved, prompts: [look, subject] })]).toEqual(["order"]);
  expect([...changesOf(saved, { ...saved, separator: ". " })]).toEqual(["separator"]);
  const added = { ...look, key: "new", name: "camera" };
  expect([...changesOf(saved, { ...saved, prompts: [added, subject, look] })]).toEqual(["prompt new"]);
  expect([...changesOf(saved, withoutPrompt(saved, "look"))]).toEqual(["prompt look", "composition picture"]);
  expect([...changesOf(saved, { ...saved, prompts: [{ ...subject, value: "a seller" }, look] })]).toEqual([
    "prompt subject",
  ]);
});

test("a name is there once, over prompts and compositions, and a composition has a prompt", () => {
  expect(problemsOf(saved).size).toBe(0);
  const draft = {
    ...saved,
    prompts: [subject, { ...look, name: "subject " }, { ...look, key: "new", name: " " }],
    compositions: [{ key: "picture", name: "clip", prompts: [] }],
  };
  expect([...problemsOf(draft)]).toEqual([
    ["look", "“subject” is there already, as a prompt or composition."],
    ["new", "It needs a name."],
    ["picture", "Add a prompt, or remove the composition."],
  ]);
});

test("a removed prompt leaves its compositions; what has nothing left goes with it", () => {
  const one = { key: "clip", name: "clip", prompts: ["look"] };
  const draft = { ...saved, compositions: [...saved.compositions, one] };
  expect(withoutPrompt(draft, "look").compositions).toEqual([
    { key: "picture", name: "picture", prompts: ["subject"] },
  ]);
});
