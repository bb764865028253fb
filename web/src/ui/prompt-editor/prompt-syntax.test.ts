import { promptTokens } from "./prompt-syntax.ts";

const found = (text: string) => promptTokens(text).map(({ from, to, kind }) => `${kind}: ${text.slice(from, to)}`);

test("a brace group without a bar is a placeholder, one with a bar a choice", () => {
  expect(found("{hair} by {day|night}")).toEqual([
    "placeholder: {hair}",
    "choice mark: {",
    "choice mark: |",
    "choice mark: }",
  ]);
  expect(promptTokens("{hair}")[0]?.name).toBe("hair");
});

test("counts and weights of a choice belong to its marks, and choices may hold others", () => {
  expect(found("{1-2$$, $$a|{2::b|c}}")).toEqual([
    "choice mark: {1-2$$",
    "choice mark: |",
    "choice mark: {2::",
    "choice mark: |",
    "choice mark: }",
    "choice mark: }",
  ]);
});

test("library references are told from percent signs", () => {
  expect(found("50% of %colours% and %looks:old film% and %looks:*%")).toEqual([
    "library: %colours%",
    "library: %looks:old film%",
    "library: %looks:*%",
  ]);
});

test("delimiters are those of the libraries, also where they look like other signs", () => {
  const text = "@@fog@@ and {{rain}} and %plain%, {{ {hair} }}";
  const tokens = promptTokens(text, ["@@", "{{"]);
  expect(tokens.map(({ from, to }) => text.slice(from, to))).toEqual(["@@fog@@", "{rain}", "{hair}"]);
  expect(tokens[0]).toMatchObject({ name: "fog", delimiter: "@@" });
});

test("a weight's parenthesis and number are marked, escaped and plain parentheses are not", () => {
  expect(found(String.raw`(rain:1.3), ((fog:0.8) far:1.1), (plain), \(x:1\)`)).toEqual([
    "weight mark: (",
    "weight mark: :1.3)",
    "weight mark: (",
    "weight mark: (",
    "weight mark: :0.8)",
    "weight mark: :1.1)",
  ]);
});

test("what is not closed is plain text", () => {
  expect(found("{a|b and (rain:1.3 and {hair")).toEqual([]);
});

test("long nonsense takes no long time", () => {
  const since = Date.now();
  promptTokens("{(%|".repeat(25_000));
  expect(Date.now() - since).toBeLessThan(1_000);
});
