import { readDefinition } from "#domains/workflows/logic/definition/read-definition.ts";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";

const issuesOf = (text: string): string[] => {
  try {
    readDefinition(text);
  } catch (error) {
    if (error instanceof WorkflowSourceError)
      return error.issues.map(({ path, message }) => `${path.join("/")}|${message}`);
    throw error;
  }
  return [];
};
const read = (text: string) => {
  const source = readDefinition(text);
  if (source.kind !== "definition") throw new Error("that is no definition");
  return source.definition;
};

test("a definition is told from a graph, in YAML and in JSON", () => {
  expect(readDefinition("name: A\nparameters: {}\ntemplate: B").kind).toBe("definition");
  expect(readDefinition('{"name": "A", "template_inline": {}}').kind).toBe("definition");
  expect(readDefinition('{"1": {"class_type": "A", "inputs": {}}}').kind).toBe("graph");
  expect(readDefinition("1: {class_type: A, inputs: {text: [2, 0]}}\n2: {class_type: B, inputs: {}}")).toEqual({
    kind: "graph",
    text: '{"1":{"class_type":"A","inputs":{"text":["2",0]}},"2":{"class_type":"B","inputs":{}}}',
  });
});

test("integers are exact to 64 bits in both notations", () => {
  const seed = 18446744073709551615n;
  expect(read(`template: A\nparameters: {s: {type: seed, default: ${seed}}}`).parameters).toMatchObject({
    s: { default: seed },
  });
  expect(read(`{"template": "A", "parameters": {"s": {"type": "seed", "default": ${seed}}}}`).parameters).toMatchObject(
    {
      s: { default: seed },
    },
  );
});

test("node ids may be numbers, and one may stand for a list of one", () => {
  expect(read("template: A\nparameters: {steps: {type: INT, nodes: 5, field: steps}}").parameters).toMatchObject({
    steps: { type: "INT", nodes: ["5"] },
  });
});

test.each([
  ["YAML that is cut off", "name: [a, b", /\(line 1, column \d+\)/],
  ["a tab for indentation", "name: A\nparameters:\n\tsteps: 1", /line 3/],
  ["a key that is there twice", "name: A\nname: B\ntemplate: C", /unique.*\(line 2, column 1\)/],
  ["a sentence", "just words", /neither JSON nor/],
  [
    "a type that is none",
    "template: A\nparameters:\n  steps:\n    type: whole",
    /parameters\.steps\.type: must be text, int.*\(line 4, column 11\)/,
  ],
  [
    "a text where a number goes",
    "template: A\nparameters:\n  - {name: x, type: int, min: low}",
    /parameters\.0\.min: must be a number \(line 3, column 31\)/,
  ],
  ["a category that is none", "template: A\ncategory: films", /category: must be one of VIDEO_GEN.*line 2/],
  ["an extension that is none", "template: A\ninput_extensions: ['../x']", /input_extensions\.0: must be an extension/],
  [
    "a place in JSON",
    '{"template": "A",\n "input_type": "sound"}',
    /input_type: must be image, video or none \(line 2, column 16\)/,
  ],
  ["infinity", "template: A\nparameters: {x: {type: float, default: .inf}}", /default/],
])("%s is refused with the place", (_what, text, message) => {
  expect(issuesOf(text)[0]).toMatch(message);
});

test("aliases can't be used to fill the memory", () => {
  const levels = Array.from(
    { length: 12 },
    (_, n) =>
      `a${n + 1}: &a${n + 1} [${Array(9)
        .fill(n === 0 ? "lol" : `*a${n}`)
        .join(", ")}]`,
  );
  const start = performance.now();
  expect(issuesOf(["template: A", ...levels].join("\n"))).toEqual([expect.stringMatching(/aliases too often/)]);
  expect(performance.now() - start).toBeLessThan(2_000);
});

test("nesting without end is refused", () => {
  const start = performance.now();
  for (const opening of ["[", "{a: ", "- ", "? "]) {
    expect(issuesOf(`template: A\nx: ${opening.repeat(500_000)}`)).toEqual([expect.stringMatching(/nested/)]);
  }
  expect(performance.now() - start).toBeLessThan(2_000);
});

test.each([
  ["garbage", "}{][ :: - ? | > & * ! % @ `\n"],
  ["keys", "a: 1\n"],
  ["colons", ": "],
  ["entries", "- a\n"],
  ["blank lines", " \n"],
])("megabytes of %s behind a key are refused at once", (_what, unit) => {
  const start = performance.now();
  const text = `template: A\n${unit.repeat(Math.floor(5_000_000 / unit.length))}`;
  expect(issuesOf(text)).toEqual([expect.stringMatching(/too long for YAML/)]);
  expect(performance.now() - start).toBeLessThan(3_000);
});

test("thousands of keys take no longer than others, and one that is there twice is still found", () => {
  const keys = Array.from({ length: 10_000 }, (_, n) => `k${n}: 1`).join("\n");
  const start = performance.now();
  expect(issuesOf(`template: A\nparameters: 1\n${keys}\nk77: 2`)).toEqual([
    expect.stringMatching(/unique \(line 10003, column 1\)/),
  ]);
  expect(performance.now() - start).toBeLessThan(5_000);
});

test("a large graph goes into YAML as one text, and long JSON names the path of what is wrong", () => {
  const graph = JSON.stringify({ 1: { class_type: "Note", inputs: { text: "word ".repeat(200_000) } } });
  expect(read(`name: A\ntemplate_inline: |\n  ${graph}\n`)).toMatchObject({ template_inline: `${graph}\n` });
  const steps = Array.from({ length: 20_000 }, (_, n) => `"p${n}":{"type":"INT"}`).join(",");
  expect(issuesOf(`{"template":"A","input_type":"sound","parameters":{${steps}}}`)[0]).toMatch(/input_type: must be/);
});

test("more than 5 MiB are not read", () => {
  expect(issuesOf(`template: "${"x".repeat(5 * 1024 * 1024)}"`)).toEqual([
    expect.stringContaining("larger than 5 MiB"),
  ]);
});

test("a field that nobody knows is told of, with what may be meant", () => {
  expect(readDefinition("template: A\nparametres: {}")).toMatchObject({
    warnings: [expect.stringContaining("did you mean parameters?")],
  });
});
