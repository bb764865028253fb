import { readSize } from "#domains/presets/logic/resolutions.ts";

test.each([
  ["1024x768", { width: 1024, height: 768 }],
  [" 640 × 360 ", { width: 640, height: 360 }],
  ["0x5", null],
  ["20000x5", null],
  ["wide", null],
])("the size %s is read as %j", (text, expected) => {
  expect(readSize(text)).toEqual(expected);
});
