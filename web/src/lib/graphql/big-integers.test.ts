import { quoteBigIntegers } from "./big-integers.ts";

describe("quoteBigIntegers", () => {
  test("keeps a seed of 2^64-1 exact by making it a string", () => {
    expect(JSON.parse(quoteBigIntegers('{"seed": 18446744073709551615}'))).toEqual({
      seed: "18446744073709551615",
    });
  });

  test("leaves numbers that fit, fractions and exponents alone", () => {
    const json = '{"a":9007199254740991,"b":0.12345678901234567,"c":1234567890123456789e2}';
    expect(quoteBigIntegers(json)).toBe(json);
  });

  test("does not touch digits inside strings, escaped quotes included", () => {
    const json = String.raw`{"t":"say \"18446744073709551615\" twice","n":[1]}`;
    expect(quoteBigIntegers(json)).toBe(json);
  });
});
