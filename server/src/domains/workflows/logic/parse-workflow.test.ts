import { type ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { parseWorkflowSource } from "#domains/workflows/logic/parse-workflow.ts";
import { type SourceIssue, WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import { stringifyJson } from "#lib/json.ts";

function issuesOf(source: unknown): SourceIssue[] {
  try {
    parseWorkflowSource(typeof source === "string" ? source : stringifyJson(source));
  } catch (error) {
    if (error instanceof WorkflowSourceError) return error.issues;
    throw error;
  }
  throw new Error("The source was accepted.");
}

const loader = { class_type: "LoadImage", inputs: { image: "a.png" } };
const chain = (length: number): ApiGraph =>
  Object.fromEntries(
    Array.from({ length }, (_, i) => [
      String(i),
      i === 0 ? loader : { class_type: "ImageInvert", inputs: { image: [String(i - 1), 0] } },
    ]),
  );

describe("accepts", () => {
  test("an API graph, with subgraph ids and 64-bit seeds kept exact", () => {
    const text = '{"57:8":{"class_type":"RandomNoise","inputs":{"noise_seed":18446744073709551615}}}';
    const { format, graph } = parseWorkflowSource(text);
    expect(format).toBe("API");
    expect(graph["57:8"]?.inputs.noise_seed).toBe(18446744073709551615n);
  });

  test("a request body that wraps the graph as prompt, and a byte order mark", () => {
    expect(parseWorkflowSource(`\uFEFF${stringifyJson({ prompt: { 1: loader }, client_id: "x" })}`).graph).toEqual({
      1: loader,
    });
  });

  test("a node whose id is prompt", () => {
    expect(parseWorkflowSource(stringifyJson({ prompt: loader })).graph).toEqual({ prompt: loader });
  });

  test("a chain of 2,000 nodes", () => {
    expect(Object.keys(parseWorkflowSource(stringifyJson(chain(2000))).graph)).toHaveLength(2000);
  });
});

describe("refuses, naming the place", () => {
  test.each([
    ['{\n  "a": 1,\n}', "line 3, column 1"],
    ["hello", "line 1, column 1"],
    ['{"a": {"class_type": "X"', "line 1, column 25"],
    [`{"1": ${"[".repeat(300_000)}`, "line 1, column 206"],
  ])("text that is no JSON: %.30s", (text, place) => {
    expect(issuesOf(text)).toEqual([{ path: [], message: expect.stringContaining(place) }]);
  });

  test.each([["[]"], ["12"], ['"text"'], ["null"], ["{}"], [""], ['{"a": 1}'], ['{"version": 2, "prompts": {}}']])(
    "JSON that is no workflow: %s",
    (text) => {
      expect(issuesOf(text)).toEqual([{ path: [], message: expect.any(String) }]);
    },
  );

  test("the editor's format while no machine has told its definitions, saying how to export the other one", () => {
    expect(issuesOf({ nodes: [], links: [], version: 0.4 })[0]?.message).toMatch(/add a machine.*Export \(API\)/s);
  });

  test("a node without class_type", () => {
    expect(issuesOf({ 1: loader, 2: { inputs: {} }, 3: 4 }).map((issue) => issue.path)).toEqual([["2"], ["3"]]);
  });

  test("inputs that are no object", () => {
    expect(issuesOf({ 1: { class_type: "A", inputs: [] } })[0]?.path).toEqual(["1", "inputs"]);
  });

  test("a link to a node that does not exist", () => {
    expect(issuesOf({ 1: loader, 2: { class_type: "B", inputs: { image: ["constructor", 0] } } })).toEqual([
      { path: ["2", "image"], message: expect.stringContaining("constructor") },
    ]);
  });

  test("a link whose id is a number, as ComfyUI does", () => {
    expect(issuesOf({ 1: loader, 2: { class_type: "B", inputs: { image: [1, 0] } } })[0]?.path).toEqual(["2", "image"]);
  });

  test("a cycle, with the ids in it", () => {
    const node = (from: string) => ({ class_type: "ImageInvert", inputs: { image: [from, 0] } });
    const [issue] = issuesOf({ 1: loader, 2: node("4"), 3: node("2"), 4: node("3"), 5: node("4"), 6: node("1") });
    expect(issue?.message).toMatch(/2 → 3 → 4 → 2|3 → 4 → 2 → 3|4 → 2 → 3 → 4/);
    expect(issue?.message).not.toContain("5");
  });

  test("a node fed by itself", () => {
    expect(issuesOf({ 1: { class_type: "A", inputs: { x: ["1", 0] } } })[0]?.message).toContain("1 → 1");
  });

  test("more than 2,000 nodes", () => {
    expect(issuesOf(chain(2001))[0]?.message).toContain("2001");
  });

  test("more than 5 MiB of text", () => {
    expect(issuesOf("é".repeat(3 * 1024 * 1024))[0]?.message).toContain("5 MiB");
  });
});
