import fc from "fast-check";
import { captionPrompt, fillSystemPrompt, motionPrompt } from "#domains/autoprompt/logic/system-prompts.ts";

const timing = { fps: 24, frames: 81, clips: 1 };

test("the usual prompt for clips tells the clip's length and its moments", () => {
  const text = fillSystemPrompt(motionPrompt, timing);
  expect(text).toContain("81 frames at 24 frames a second: 3.38 seconds");
  expect(text).toContain("at 0 s, by 1.5 s and by 3 s");
  expect(text).not.toMatch(/[{}]/);
});

test("a prompt without variables, and any without a clip, stay as they are", () => {
  expect(fillSystemPrompt(captionPrompt, timing)).toBe(captionPrompt);
  expect(fillSystemPrompt("{fps} {mid}", null)).toBe("{fps} {mid}");
});

test("other braces and names of the language stay as they are", () => {
  expect(fillSystemPrompt("{{fps}} {constructor} {__proto__} {", timing)).toBe("{24} {constructor} {__proto__} {");
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/\{(fps|frames|duration|mid|end|clips)\}/.test(text));
      return fillSystemPrompt(text, timing) === text;
    }),
  );
});
