import { type OutputFile, planArtifacts } from "#domains/takes/logic/artifacts.ts";

const file = (assetId: string, machineFilename: string, options: Partial<OutputFile> = {}): OutputFile => ({
  assetId,
  machineFilename,
  ownPrefix: null,
  mime: "video/mp4",
  nodeKind: null,
  nodeText: "SaveVideo",
  ...options,
});

test("files that match the pattern are chunks with their number, the counter of ComfyUI ignored", () => {
  const planned = planArtifacts(
    [file("a", "chunk_0_00001_.mp4"), file("b", "chunk_12_00001_.webm"), file("c", "final_00001_.mp4")],
    "chunk_{n}.mp4",
  );
  expect(planned.map(({ kind, sequenceIndex }) => [kind, sequenceIndex])).toEqual([
    ["CHUNK", 0],
    ["CHUNK", 12],
    ["FINAL", null],
  ]);
});

test("the primary output is the last clip, even when a picture comes after it", () => {
  const planned = planArtifacts(
    [file("a", "x_00001_.mp4"), file("b", "y_00001_.mp4"), file("c", "z_00001_.png", { mime: "image/png" })],
    null,
  );
  expect(planned.filter((artifact) => artifact.isPrimary).map((artifact) => artifact.assetId)).toEqual(["b"]);
});

test("without a clip the last picture is primary", () => {
  const planned = planArtifacts(
    [file("a", "x.png", { mime: "image/png" }), file("b", "y.png", { mime: "image/png" })],
    null,
  );
  expect(planned.find((artifact) => artifact.isPrimary)?.assetId).toBe("b");
});

test("what a node upscaled or interpolated is told by its class or title", () => {
  const planned = planArtifacts(
    [
      file("a", "x.mp4", { nodeText: "SaveVideo RIFE 2x" }),
      file("b", "y.mp4", { nodeText: "SaveVideo Upscaled" }),
      file("c", "z.mp4"),
    ],
    null,
  );
  expect(planned.map((artifact) => artifact.kind)).toEqual(["INTERPOLATED", "UPSCALED", "FINAL"]);
});

test("what a workflow declares of a node counts more than its class and title, and less than the pattern", () => {
  const upscaled = { nodeKind: "UPSCALED", nodeText: "SaveVideo RIFE" } as const;
  const planned = planArtifacts([file("a", "x.mp4", upscaled), file("b", "chunk_3.mp4", upscaled)], "chunk_{n}.mp4");
  expect(planned.map((artifact) => artifact.kind)).toEqual(["UPSCALED", "CHUNK"]);
});

test("signs in a pattern are taken literally", () => {
  expect(planArtifacts([file("a", "a+b(1).mp4")], "a+b({n}).mp4")[0]).toMatchObject({
    kind: "CHUNK",
    sequenceIndex: 1,
  });
});

test("no files, no artifacts", () => {
  expect(planArtifacts([], "chunk_{n}.mp4")).toEqual([]);
});
