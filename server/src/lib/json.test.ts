import { canonicalJson, parseJson, stringifyJson } from "#lib/json.ts";

test("a 64-bit seed survives a round trip exactly", () => {
  const text = '{"seed":18446744073709551615,"steps":20,"cfg":7.5}';
  expect(stringifyJson(parseJson(text))).toBe(text);
});

test("ordinary numbers stay numbers", () => {
  expect(parseJson('{"a":9007199254740991,"b":0.1,"c":1.00000000000000000001}')).toEqual({
    a: 9007199254740991,
    b: 0.1,
    c: 1,
  });
});

test("canonical text does not depend on key order", () => {
  expect(canonicalJson({ b: 1, a: { d: 2n ** 63n, c: [] } })).toBe(canonicalJson({ a: { c: [], d: 2n ** 63n }, b: 1 }));
});
