import { nameFromFile } from "./workflow-file.ts";

describe("nameFromFile", () => {
  test.each([
    ["flux_dev-api.json", "flux dev"],
    ["Portrait turn.json", "Portrait turn"],
    [".json", "Workflow"],
  ])("makes a name of %s", (filename, name) => {
    expect(nameFromFile(filename)).toBe(name);
  });
});
