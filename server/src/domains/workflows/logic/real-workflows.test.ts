import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { inputDefinition, type NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { parseWorkflowSource } from "#domains/workflows/logic/parse-workflow.ts";
import { validateGraph } from "#domains/workflows/logic/validate-graph.ts";
import { detectSlots } from "#domains/workflows/logic/slots.ts";

/** Published workflow files with what is known of them; they lie beside the repository, not in it. */
const material = path.resolve(fileURLToPath(import.meta.url), "../../../../../../../shared/comfyui");
const hasMaterial = existsSync(material);
const describeIfPresent = hasMaterial ? describe : describe.skip;

type Encoder = { id: string; role: string; title: string | null; texts: Record<string, { text?: string }> };
type Truth = Record<string, { encoders: Encoder[] }>;
const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(material, file), "utf8"));
const filesIn = (folder: string, ending = ".api.json"): string[] =>
  hasMaterial
    ? readdirSync(path.join(material, folder))
        .filter((name) => name.endsWith(ending))
        .map((name) => `${folder}/${name}`)
    : [];
const definitions = hasMaterial ? (readJson("captures/v0.33/object_info.json") as NodeDefinitions) : {};
const truth = hasMaterial ? (readJson("workflows/ground-truth.json") as Truth) : {};

/** Wires that reach both sides do not decide: then the title does. */
function expectedType({ role, title }: Encoder): string {
  if (role === "negative") return "NEGATIVE";
  if (role === "negative+positive" && /neg/i.test(title ?? "")) return "NEGATIVE";
  return "POSITIVE";
}

function expectedSlots(file: string) {
  const encoders = truth[path.basename(file)]?.encoders ?? [];
  return encoders.flatMap((encoder) =>
    Object.entries(encoder.texts).map(([inputName, { text }]) => ({
      nodeId: encoder.id,
      inputName,
      slotType: expectedType(encoder),
      defaultText: text ?? null,
    })),
  );
}

describeIfPresent("published API workflows", () => {
  test.each(filesIn("workflows"))("%s gives the slots that are known", (file) => {
    const { graph } = parseWorkflowSource(readFileSync(path.join(material, file), "utf8"));
    const expected = expectedSlots(file);
    for (const known of [undefined, definitions]) {
      const found = detectSlots(graph, known).map(({ nodeId, inputName, slotType, defaultText }) => ({
        nodeId,
        inputName,
        slotType,
        defaultText,
      }));
      expect(found).toHaveLength(expected.length);
      expect(found).toEqual(expect.arrayContaining(expected));
    }
  });

  test.each(filesIn("workflows/pairs"))("%s gives the same slots with and without node definitions", (file) => {
    const { graph } = parseWorkflowSource(readFileSync(path.join(material, file), "utf8"));
    const slots = detectSlots(graph, definitions);
    expect(detectSlots(graph)).toEqual(slots);
    const encoders = Object.keys(graph).filter((id) => /TextEncode/.test(graph[id]?.class_type ?? ""));
    expect(slots.map((slot) => slot.nodeId)).toEqual(expect.arrayContaining(encoders));
  });
});

type Pair = { name: string; knownOddity: string[] };
const pairs = hasMaterial ? (readJson("workflows/pairs/INDEX.json") as { pairs: Pair[] }).pairs : [];
const readText = (file: string) => readFileSync(path.join(material, file), "utf8");

describeIfPresent("published files of the editor", () => {
  test.each(pairs.map((pair) => [pair.name, pair] as const))("%s becomes what the editor made of it", (name, pair) => {
    const { graph } = parseWorkflowSource(readText(`workflows/pairs/${name}.ui.json`), definitions);
    const twin = parseWorkflowSource(readText(`workflows/pairs/${name}.api.json`)).graph;
    const ignored = new Set(pair.knownOddity.flatMap(oddInputs));
    const expected = inputsOf(twin, ignored);
    // Classes have got new widgets since: the editor of today sends their defaults.
    for (const [id, { inputs }] of Object.entries(expected)) {
      const added = Object.keys(graph[id]?.inputs ?? {}).filter(
        (key) => !Object.hasOwn(inputs, key) && !ignored.has(`${id}.${key}`),
      );
      for (const key of added) inputs[key] = widgetDefault(graph[id]?.class_type ?? "", key) ?? "no default";
    }
    expect(inputsOf(graph, ignored)).toEqual(expected);
  });

  test.each(pairs.map((pair) => [pair.name]))("%s would run on a machine that has its files", (name) => {
    const { graph } = parseWorkflowSource(readText(`workflows/pairs/${name}.ui.json`), definitions);
    const wrong = validateGraph(graph, definitions).filter(({ kind }) => kind !== "MISSING_FILE");
    expect(wrong).toEqual([]);
  });

  test.each(filesIn("workflows", ".ui.json"))("%s gives the slots that are known", (file) => {
    const { graph } = parseWorkflowSource(readText(file), definitions);
    const found = detectSlots(graph, definitions).map(({ nodeId, inputName, slotType, defaultText }) => ({
      nodeId,
      inputName,
      slotType,
      defaultText,
    }));
    const expected = expectedSlots(file);
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(expect.arrayContaining(expected));
  });
});

/** "37:1:RandomNoise:noise_seed,other" names inputs of node 37:1. */
function oddInputs(oddity: string): string[] {
  const [, id, names] = /^(.*):[^:]+:([^:]+)$/.exec(oddity) ?? [];
  return (names ?? "").split(",").map((name) => `${id}.${name}`);
}

/** What runs: class and inputs. Old editors also sent their upload buttons. */
function inputsOf(graph: ApiGraph, ignored: Set<string>) {
  return Object.fromEntries(
    Object.entries(graph).map(([id, node]) => [
      id,
      {
        type: node.class_type,
        inputs: Object.fromEntries(
          Object.entries(node.inputs).filter(
            ([name]) => !/^(upload|choose file to upload)$/.test(name) && !ignored.has(`${id}.${name}`),
          ),
        ),
      },
    ]),
  );
}

function widgetDefault(classType: string, name: string) {
  const definition = inputDefinition(definitions[classType], name);
  return definition?.default ?? definition?.choices?.[0];
}
