import { keysOfInputs } from "#domains/autoprompt/logic/input-keys.ts";
import { matchPerFile } from "#domains/queue/logic/build/per-file.ts";

test("each key names its own input, and only that", () => {
  const inputs = [
    { assetId: "QXNzZXQ6MQ", path: null, filename: "a.png" },
    { assetId: "QXNzZXQ6Mg", path: "/in/x/b.png", filename: "b.png" },
    { assetId: "QXNzZXQ6Mw", path: "/in/y/b.png", filename: "b.png" },
    { assetId: "QXNzZXQ6NA", path: null, filename: "b.png" },
  ];
  const keys = keysOfInputs(inputs);
  expect(keys).toEqual(["a.png", "/in/x/b.png", "/in/y/b.png", "QXNzZXQ6NA"]);
  const { byInput, issues } = matchPerFile(inputs, Object.fromEntries(keys.map((key, index) => [key, { index }])));
  expect(issues).toEqual([]);
  expect([...byInput]).toEqual(inputs.map((_input, index) => [index, { index }]));
});
