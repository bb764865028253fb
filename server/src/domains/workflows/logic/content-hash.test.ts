import { contentHash } from "#domains/workflows/logic/content-hash.ts";

test("key order does not count, 64-bit seeds and titles do", () => {
  const first = { 1: { class_type: "A", inputs: { x: 1, seed: 2n ** 64n - 1n } }, 2: { class_type: "B", inputs: {} } };
  const same = { 2: { inputs: {}, class_type: "B" }, 1: { inputs: { seed: 2n ** 64n - 1n, x: 1 }, class_type: "A" } };
  const other = { ...first, 1: { class_type: "A", inputs: { x: 1, seed: 2n ** 64n - 2n } } };
  expect(contentHash(first)).toMatch(/^[0-9a-f]{64}$/);
  expect(contentHash(same)).toBe(contentHash(first));
  expect(contentHash(other)).not.toBe(contentHash(first));
});
