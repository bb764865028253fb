import { embeddedGraph } from "#domains/workflows/logic/embedded-graph.ts";

const api = { 1: { class_type: "LoadImage", inputs: { image: "a.png" } } };
const ui = { nodes: [{ id: 1, type: "LoadImage" }], links: [] };
const named = (texts: Record<string, unknown>) =>
  Object.entries(texts).map(([name, value]) => ({
    name,
    text: typeof value === "string" ? value : JSON.stringify(value),
  }));

test("what ran is taken before what the editor showed", () => {
  expect(embeddedGraph(named({ workflow: ui, prompt: api }))).toEqual(api);
  expect(embeddedGraph(named({ workflow: ui, parameters: "a boat, Steps: 4" }))).toEqual(ui);
});

test("the name may stand in the text, as in WebP", () => {
  expect(embeddedGraph(named({ Model: `prompt:${JSON.stringify(api)}\0`, Make: "ACME" }))).toEqual(api);
});

test("one comment may hold both, the graph as text in the text", () => {
  const comment = { prompt: JSON.stringify(api), workflow: ui };
  expect(embeddedGraph(named({ comment }))).toEqual(comment);
});

test("Python's NaN is read as null, except in texts", () => {
  const text = '{"1":{"class_type":"A","inputs":{"text":"NaN and \\"NaN"},"is_changed":[NaN]}}';
  expect(embeddedGraph([{ name: "prompt", text }])).toEqual({
    1: { class_type: "A", inputs: { text: 'NaN and "NaN' }, is_changed: [null] },
  });
});

test.each([[{}], [{ parameters: "a boat" }], [{ prompt: "{broken" }], [{ prompt: { steps: 3 } }], [{ Make: "{}" }]])(
  "no graph: %j",
  (texts) => {
    expect(embeddedGraph(named(texts))).toBeNull();
  },
);

test("long texts that hold no graph take no time", () => {
  const start = performance.now();
  for (const text of [
    " ".repeat(500_000),
    `{"a${'\\"'.repeat(250_000)}}`,
    `{${"}  ".repeat(150_000)}x`,
    "{".repeat(500_000),
  ])
    expect(embeddedGraph([{ name: "prompt", text }])).toBeNull();
  expect(performance.now() - start).toBeLessThan(2_000);
});
