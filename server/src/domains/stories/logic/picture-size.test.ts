import fc from "fast-check";
import { aspects, sizeOfAspect, sizeOfPicture } from "#domains/stories/logic/picture-size.ts";

test("pictures keep about the pixels of the workflow, in the sizes that its models like", () => {
  const own = { width: 1024, height: 1024 };
  expect(sizeOfAspect(own, aspects.CHARACTER)).toEqual({ width: 896, height: 1152 });
  expect(sizeOfAspect(own, aspects.LOCATION)).toEqual({ width: 1344, height: 768 });
  expect(sizeOfAspect(own, aspects.PROP)).toEqual(own);
  expect(sizeOfAspect({ width: 1000, height: 600 }, aspects.PROP)).toEqual({ width: 776, height: 776 });
});

test("whatever the workflow's size, sides are multiples of 8, never nothing, and the pixels are near", () => {
  const side = fc.integer({ min: 256, max: 4_096 });
  fc.assert(
    fc.property(side, side, fc.constantFrom(...Object.values(aspects)), (width, height, aspect) => {
      const size = sizeOfAspect({ width, height }, aspect);
      expect(size.width % 8 === 0 && size.height % 8 === 0 && size.width > 0 && size.height > 0).toBe(true);
      const ratio = (size.width * size.height) / (width * height);
      expect(ratio).toBeGreaterThan(0.65);
      expect(ratio).toBeLessThan(1.5);
    }),
  );
});

test("a size that was asked for comes before the project's, and both before the shape; none without a size to set", () => {
  const own = { width: 64, height: 64 };
  const [asked, chosen] = [
    { width: 32, height: 48 },
    { width: 128, height: 96 },
  ];
  expect(sizeOfPicture("PROP", own, { PROP: asked }, { PROP: chosen })).toEqual(asked);
  expect(sizeOfPicture("PROP", own, { LOCATION: asked }, { PROP: chosen })).toEqual(chosen);
  expect(sizeOfPicture("PROP", own, {}, {})).toEqual(own);
  expect(sizeOfPicture("PROP", null, { PROP: asked }, {})).toBeNull();
});
