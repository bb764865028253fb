import type { NodeDefinition } from "../node-definition.ts";
import { testNodes } from "./test-nodes.ts";

/** Every node class that the simulator knows, by name. */
export const nodeDefinitions: ReadonlyMap<string, NodeDefinition> = new Map(
  [...testNodes].map((node) => [node.name, node]),
);
