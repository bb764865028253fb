import { startTestApp } from "#test/test-app.ts";

test("a workflow file becomes a workflow with its slots", async () => {
  await using app = await startTestApp();
  const graph = {
    "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "a.safetensors" } },
    "2": { class_type: "CLIPTextEncode", inputs: { text: "a boat", clip: ["1", 1] } },
  };
  const result = await app.execute(
    `mutation ($source: String!) { importWorkflow(input: { name: "Boat", source: $source }) {
      ... on ImportWorkflowPayload { isNewVersion workflow { name promptSlots { label defaultText } parameters { key } } report { format slotsAdded { label } } }
      ... on Error { message } } }`,
    { source: JSON.stringify(graph) },
  );
  expect(result.importWorkflow).toMatchObject({
    isNewVersion: true,
    workflow: { name: "Boat", promptSlots: [{ label: "Positive Prompt 1", defaultText: "a boat" }] },
  });
});
