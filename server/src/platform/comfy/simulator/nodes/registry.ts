import type { NodeDefinition } from "../node-definition.ts";
import { conditioningNodes } from "./conditioning-nodes.ts";
import { imageNodes } from "./image-nodes.ts";
import { latentNodes } from "./latent-nodes.ts";
import { loaderNodes } from "./loader-nodes.ts";
import { primitiveNodes } from "./primitive-nodes.ts";
import { samplerNodes } from "./sampler-nodes.ts";
import { saveNodes } from "./save-nodes.ts";
import { testNodes } from "./test-nodes.ts";
import { videoNodes } from "./video-nodes.ts";

/** Every node class that the simulator knows, by name. */
export const nodeDefinitions: ReadonlyMap<string, NodeDefinition> = new Map(
  [
    ...loaderNodes,
    ...conditioningNodes,
    ...latentNodes,
    ...samplerNodes,
    ...imageNodes,
    ...saveNodes,
    ...videoNodes,
    ...primitiveNodes,
    ...testNodes,
  ].map((node) => [node.name, node]),
);
