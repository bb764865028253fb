import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { parseWorkflowSource } from "#domains/workflows/logic/parse-workflow.ts";
import { detectSlots } from "#domains/workflows/logic/slots.ts";

/** Published workflow files with what is known of them; they lie beside the repository, not in it. */
const material = path.resolve(fileURLToPath(import.meta.url), "../../../../../../../shared/comfyui");
const hasMaterial = existsSync(material);
const describeIfPresent = hasMaterial ? describe : describe.skip;

type Encoder = { id: string; role: string; title: string | null; texts: Record<string, { text?: string }> };
type Truth = Record<string, { encoders: Encoder[] }>;
const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(material, file), "utf8"));
const filesIn = (folder: string): string[] =>
  hasMaterial
    ? readdirSync(path.join(material, folder))
        .filter((name) => name.endsWith(".api.json"))
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

describeIfPresent("published API workflows", () => {
  test.each(filesIn("workflows"))("%s gives the slots that are known", (file) => {
    const { graph } = parseWorkflowSource(readFileSync(path.join(material, file), "utf8"));
    const expected = truth[path.basename(file)]?.encoders.flatMap((encoder) =>
      Object.entries(encoder.texts).map(([inputName, { text }]) => ({
        nodeId: encoder.id,
        inputName,
        slotType: expectedType(encoder),
        defaultText: text ?? null,
      })),
    );
    expect(expected?.length).toBeGreaterThan(0);
    for (const known of [undefined, definitions]) {
      const found = detectSlots(graph, known).map(({ nodeId, inputName, slotType, defaultText }) => ({
        nodeId,
        inputName,
        slotType,
        defaultText,
      }));
      expect(found).toHaveLength(expected?.length ?? 0);
      expect(found).toEqual(expect.arrayContaining(expected ?? []));
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
