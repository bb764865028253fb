import { withWrittenPrompts } from "#domains/autoprompt/logic/prompt-params.ts";

test("one text becomes the positive prompt, several those of the clips; other values stay", () => {
  const before = { "a.png": { seed: 7, positive_prompt: "old" }, "c.png": { steps: 4 } };
  const written = [
    { key: "a.png", motionPrompt: "She turns.", clips: [] },
    { key: "b.png", motionPrompt: null, clips: ["He sits.", "He stands up."] },
    { key: "c.png", motionPrompt: null, clips: [] },
  ];
  expect(withWrittenPrompts(before, written)).toEqual({
    "a.png": { seed: 7, positive_prompt: "She turns." },
    "b.png": { positive_prompt_stage1: "He sits.", positive_prompt_stage2: "He stands up." },
    "c.png": { steps: 4 },
  });
});

test("a file may have any name", () => {
  const result = withWrittenPrompts({}, [{ key: "__proto__", motionPrompt: "It rains.", clips: [] }]);
  expect(Object.keys(result)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
});
