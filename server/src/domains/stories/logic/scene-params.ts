import type { SceneLora } from "#domains/stories/logic/scene-loras.ts";
import { type ScenePose, writePose } from "#domains/stories/logic/scene-pose.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";

/** What a scene is rendered with, as values of a workflow's parameters, and what of it the workflow does not take. */
export interface SceneParams {
  params: JsonObject;
  /** Words for people, such as `the pose "sitting"`. */
  unused: string[];
}

/**
 * Binds a scene's size, LoRAs and choices to the parameters of the same keys: `width` and `height`, `resolution`
 * ("832x480"), `pose_name`, `mask_type`, `depth_type`, and `loras` as a whole (JSON), or the LoRA loaders one by one.
 */
export function sceneParams(
  parameters: readonly Pick<WorkflowParameter, "key" | "type">[],
  pose: ScenePose,
  loras: readonly SceneLora[],
): SceneParams {
  const keys = new Set(parameters.map(({ key }) => key));
  const params: JsonObject = {};
  const unused: string[] = [];
  const { width, height } = pose;
  if (width !== null && height !== null) {
    const size: JsonObject = { width, height, resolution: `${width}x${height}` };
    const taken = Object.entries(size).filter(([key]) => keys.has(key));
    Object.assign(params, Object.fromEntries(taken));
    if (!keys.has("resolution") && !(keys.has("width") && keys.has("height")))
      unused.push(`the size ${width} × ${height}`);
  }
  for (const [key, value] of Object.entries(writePose(pose))) {
    if (typeof value !== "string") continue;
    if (keys.has(key)) params[key] = value;
    else unused.push(`${key} "${value}"`);
  }
  if (loras.length === 0) return { params, unused };
  if (keys.has("loras")) {
    params["loras"] = JSON.stringify(loras);
    return { params, unused };
  }
  return { params: { ...params, ...loaderParams(keys, loras) }, unused: [...unused, ...withoutLoader(keys, loras)] };
}

const loaderKey = (name: string, index: number): string => (index === 0 ? name : `${name}_${index + 1}`);

const countLoaders = (keys: ReadonlySet<string>): number => {
  let count = 0;
  while (keys.has(loaderKey("lora_name", count))) count += 1;
  return count;
};

const applied = (loras: readonly SceneLora[]): SceneLora[] => loras.filter(({ enabled }) => enabled);

/** The scene's LoRAs in their order, one a loader; loaders that are left over are switched off. */
function loaderParams(keys: ReadonlySet<string>, loras: readonly SceneLora[]): JsonObject {
  const params: JsonObject = {};
  const set = (name: string, index: number, value: JsonValue): void => {
    const key = loaderKey(name, index);
    if (keys.has(key)) params[key] = value;
  };
  const wanted = applied(loras);
  for (let index = 0; index < countLoaders(keys); index += 1) {
    const lora = wanted[index];
    if (lora) set("lora_name", index, lora.name);
    set("lora_strength_model", index, lora?.strength ?? 0);
    set("lora_strength_clip", index, lora?.strength ?? 0);
    set("lora_enabled", index, lora !== undefined);
  }
  return params;
}

function withoutLoader(keys: ReadonlySet<string>, loras: readonly SceneLora[]): string[] {
  return applied(loras)
    .slice(countLoaders(keys))
    .map(({ name }) => `the LoRA "${name}"`);
}
