import { nameFromFile, readWorkflowFile } from "./workflow-file.ts";

describe("nameFromFile", () => {
  test.each([
    ["flux_dev-api.json", "flux dev"],
    ["Portrait turn.json", "Portrait turn"],
    ["tests/upscale/four_times.json", "four times"],
    [".json", "Workflow"],
  ])("makes a name of %s", (filename, name) => {
    expect(nameFromFile(filename)).toBe(name);
  });
});

describe("readWorkflowFile", () => {
  test("reads the text of JSON and YAML", async () => {
    expect(await readWorkflowFile(new File(["name: walk"], "walk.yml"))).toEqual({ name: "walk", text: "name: walk" });
  });

  test("leaves a picture's graph to the server", async () => {
    const file = new File(["…"], "ComfyUI_00042_.png", { type: "image/png" });
    expect(await readWorkflowFile(file)).toEqual({ name: "ComfyUI 00042", text: "", media: file });
  });

  test("refuses what can hold no graph", async () => {
    await expect(readWorkflowFile(new File(["…"], "holiday.pdf"))).rejects.toThrow(
      "holiday.pdf is not a workflow file",
    );
  });
});
