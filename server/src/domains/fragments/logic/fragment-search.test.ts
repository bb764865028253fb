import { normaliseTags } from "#domains/fragments/logic/normalise-tags.ts";
import { prefixQuery } from "#domains/fragments/logic/prefix-query.ts";

test("tags are trimmed, in lower case and each once", () => {
  expect(normaliseTags([" Light ", "light", "", "  ", "Golden Hour"])).toEqual(["light", "golden hour"]);
});

test("every word typed is asked for as a beginning", () => {
  expect(prefixQuery(" soft  win ")).toBe("'soft':* & 'win':*");
});

test("quotes, backslashes and operators are plain text", () => {
  expect(prefixQuery("o'brien a\\b !x|y:*")).toBe("'o''brien':* & 'a\\\\b':* & '!x|y:*':*");
});

test("nothing but spaces and signs asks for nothing", () => {
  expect(prefixQuery(" \t&| ! ")).toBeNull();
});
