import fc from "fast-check";
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

test("digits in texts and names are no numbers, and long fractions stay numbers", () => {
  const text =
    '{"12345678901234567890":"\\"98765432109876543210","a":[0.12345678901234567890,-9223372036854775808,1e20]}';
  expect(parseJson(text)).toEqual({
    "12345678901234567890": '"98765432109876543210',
    a: [0.12345678901234568, -9223372036854775808n, 1e20],
  });
});

test("a text that begins with a private character, as such or escaped, stays a text beside long integers", () => {
  const text = String.raw`{"a":"\ue000x","b":"\ue0001","c":12345678901234567890}`;
  expect(parseJson(text)).toEqual({ a: "\ue000x", b: "\ue0001", c: 12345678901234567890n });
  expect(
    parseJson(JSON.stringify(JSON.parse(text.replace(/,"c.*/, "}"))).replace("}", ',"c":12345678901234567890}')),
  ).toEqual(parseJson(text));
});

test("a long text that nobody closed is refused at once", () => {
  const start = performance.now();
  expect(() => parseJson(`[12345678901234567890,"${'\\"'.repeat(300_000)}`)).toThrow(SyntaxError);
  expect(performance.now() - start).toBeLessThan(2_000);
});

test("any JSON with long integers comes back as it was", () => {
  const big = fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n });
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "binary" }),
      fc.constant("\ue000"),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
      big,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("node")),
      fc.dictionary(fc.string(), tie("node")),
    ),
  })).node;
  // A whole double beyond 2^53 is written as an integer and read as the exact one: the next reading changes nothing.
  fc.assert(
    fc.property(value, (any) => {
      const text = stringifyJson(any);
      expect(stringifyJson(parseJson(stringifyJson(parseJson(text))))).toBe(stringifyJson(parseJson(text)));
      expect(stringifyJson(parseJson(text))).toBe(text);
    }),
  );
});

test.each([
  "{",
  '{"a":12345678901234567890,}',
  "12345678901234567890x",
  '"12345678901234567890',
  "01234567890123456789",
])("what is no JSON is refused: %s", (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});
