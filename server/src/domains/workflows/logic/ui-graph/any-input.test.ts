import fc from "fast-check";
import { convertUiGraph } from "#domains/workflows/logic/ui-graph/convert-ui-graph.ts";
import { definitions } from "#domains/workflows/logic/ui-graph/testing.ts";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";

const ids = ["0b1e2d3c-0000-4000-8000-000000000001", "0b1e2d3c-0000-4000-8000-000000000002"];
const types = [...Object.keys(definitions), ...ids, "Note", "Reroute", "PrimitiveNode", "GetNode", "SetNode"].concat(
  "Anything Everywhere",
  "workflow/G",
  "Stranger",
  "constructor",
);
const id = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom<JsonValue>("2", "__proto__", -10, -20));
/** What JSON can hold that no number or text can be made of is here too. */
const slot = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 3 }), weight: 9 },
  fc.constantFrom<JsonValue>("1", null, { toString: null, valueOf: null }),
);
const slotType = fc.constantFrom("IMAGE", "MASK", "*", "CLIP", "IMAGE,MASK");
const name = fc.constantFrom("images", "text", "seed", "__proto__", "toString", "words");
const linkId = fc.integer({ min: 1, max: 8 });
const input = fc.record(
  { name, type: slotType, link: fc.option(linkId), widget: fc.option(fc.record({ name }), { nil: {} as never }) },
  { requiredKeys: ["name"] },
);
const node = fc.record(
  {
    id,
    type: fc.constantFrom(...types),
    mode: fc.constantFrom(0, 2, 4),
    inputs: fc.array(input, { maxLength: 3 }),
    outputs: fc.array(fc.record({ name, type: slotType, links: fc.option(fc.array(linkId, { maxLength: 2 })) }), {
      maxLength: 2,
    }),
    widgets_values: fc.oneof(
      fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 6 }),
      fc.dictionary(name, fc.jsonValue()),
    ),
    properties: fc.record(
      { proxyWidgets: fc.array(fc.tuple(fc.constantFrom("-1", "1", "2", "3"), name), { maxLength: 3 }) },
      { requiredKeys: [] },
    ),
    index: slot,
  },
  { requiredKeys: ["id", "type"] },
);
const canvas = {
  nodes: fc.array(node, { maxLength: 6 }),
  links: fc.array(fc.tuple(linkId, id, slot, id, slot, slotType), { maxLength: 8 }),
};
const subgraph = fc.record({
  ...canvas,
  id: fc.constantFrom(...ids),
  name,
  inputs: fc.array(fc.record({ name, type: slotType }), { maxLength: 3 }),
  outputs: fc.array(fc.record({ name, type: slotType, linkIds: fc.array(linkId, { maxLength: 2 }) }), { maxLength: 2 }),
});
const file = fc.record({
  ...canvas,
  definitions: fc.record({ subgraphs: fc.array(subgraph, { maxLength: 3 }) }),
  extra: fc.record({
    groupNodes: fc.record({ G: fc.record({ ...canvas, external: fc.jsonValue(), config: fc.jsonValue() }) }),
  }),
});

function converted(root: unknown) {
  try {
    return convertUiGraph(root as JsonObject, definitions);
  } catch (error) {
    if (error instanceof WorkflowSourceError && error.issues.length > 0) return null;
    throw error;
  }
}

test("files of the right shape are converted or refused with an issue, whatever they are wired to", () => {
  fc.assert(
    fc.property(file, (root) => {
      const result = converted(root);
      for (const { inputs } of Object.values(result?.graph ?? {})) {
        for (const value of Object.values(inputs)) {
          // Every list is a link to a node that is there.
          if (Array.isArray(value)) expect(Object.hasOwn(result?.graph ?? {}, String(value[0]))).toBe(true);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

test("files of any shape are converted or refused", () => {
  const anything = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(
      fc.record({
        nodes: fc.oneof(anything, fc.array(anything)),
        links: anything,
        definitions: anything,
        extra: anything,
      }),
      (root) => void converted(root),
    ),
    { numRuns: 1_000 },
  );
});
