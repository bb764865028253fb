import { pictureKey, pictureTexts } from "#domains/stories/logic/picture-prompt.ts";

const style = { prompt: "ink on paper.", negative: " photo " };

test("description, style and tags make one sentence, without a mark twice", () => {
  expect(
    pictureTexts({ description: "A tall woman in a red coat.\n", statusTags: ["muddy", "torn coat"], style }),
  ).toEqual({ prompt: "A tall woman in a red coat, ink on paper, muddy, torn coat", negative: "photo" });
});

test("what is empty leaves no gap", () => {
  expect(pictureTexts({ description: "a lamp", statusTags: [], style: { prompt: " ", negative: "" } })).toEqual({
    prompt: "a lamp",
    negative: "",
  });
});

test("a picture is named by its state and all that goes in", () => {
  const content = { prompt: "a lamp", negative: "", workflowVersionId: "v1", width: 64, height: 64 };
  const key = pictureKey("one", content);
  expect(pictureKey("one", { ...content })).toBe(key);
  const others = [
    pictureKey("two", content),
    ...[{ prompt: "a torch" }, { negative: "x" }, { workflowVersionId: "v2" }, { width: 128 }].map((change) =>
      pictureKey("one", { ...content, ...change }),
    ),
  ];
  expect(new Set([key, ...others]).size).toBe(6);
});
