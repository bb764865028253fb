import { parseObject, writeObject } from "#features/works/prompt/json-object.ts";

test("an object comes back as it was written, and nothing is an empty one", () => {
  expect(parseObject(writeObject({ temperature: 0.3, tone: "dry" }))).toEqual({
    value: { temperature: 0.3, tone: "dry" },
  });
  expect(writeObject({})).toBe("");
  expect(parseObject(" \n")).toEqual({ value: {} });
});

test("lists, numbers and what is no JSON are refused with the reason", () => {
  expect(parseObject("[1]").problem).toMatch(/object/);
  expect(parseObject("0.3").problem).toMatch(/object/);
  expect(parseObject('{"temperature": }').problem).toMatch(/no JSON/);
});
