import { callSettings, namesFor, partCharactersOf, promptParameters } from "#domains/works/logic/prompt-parameters.ts";

const problemsOf = (given: unknown) =>
  (promptParameters.safeParse(given).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);

test("parameters go to the model by its names, and all of them to the template", () => {
  const parameters = promptParameters.parse({
    temperature: 0.3,
    max_tokens: 900,
    top_k: 40,
    tone: "dry",
    is_web: true,
  });
  expect(callSettings(parameters)).toEqual({ temperature: 0.3, maxOutputTokens: 900, extra: { top_k: 40 } });
  expect(namesFor(Object.keys(parameters))).toEqual(
    expect.arrayContaining(["chapter.text", "temperature", "tone", "is_web"]),
  );
});

test("parts have their usual size unless the version says otherwise", () => {
  expect(partCharactersOf({})).toBe(4_000);
  expect(partCharactersOf({ part_characters: 500 })).toBe(500);
});

test.each<[unknown, RegExp]>([
  [[1], /an object/],
  [null, /an object/],
  [{ temperature: "hot" }, /temperature: a number from 0 to 2/],
  [{ temperature: 3 }, /temperature: a number from 0 to 2/],
  [{ max_tokens: 1.5 }, /max_tokens: a whole number/],
  [{ part_characters: 1 }, /part_characters: a whole number from 200/],
  [{ tone: { a: 1 } }, /tone: a parameter is a text, a number, or true or false/],
  [{ tone: null }, /tone: a parameter is a text/],
  [{ seed: 2n ** 60n }, /seed: a whole number/],
  [{ "chapter.text": "x" }, /give the parameter another name/],
  [{ "a{b}": "x" }, /a name begins with a letter/],
  [JSON.parse('{"__proto__": "x"}'), /__proto__: the key __proto__ can't be used/],
])("%p is refused by name", (given, message) => {
  expect(problemsOf(given)).toEqual([expect.stringMatching(message)]);
});

test("a parameter may be called as things of the language are", () => {
  const parameters = promptParameters.parse({ constructor: "x", toString: "y" });
  expect(Object.keys(parameters)).toEqual(["constructor", "toString"]);
  expect(callSettings(parameters)).toEqual({});
});
