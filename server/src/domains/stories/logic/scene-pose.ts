import { z } from "zod";
import type { JsonObject } from "#lib/json.ts";
import { storableText } from "#lib/storable-text.ts";

const choice = storableText(200)
  .trim()
  .transform((text) => text || null)
  .nullable();
const pixels = z.number().int().min(16, "a side has 16 to 16384 pixels").max(16_384, "a side has 16 to 16384 pixels");

/** What a scene is rendered with besides prompts and LoRAs. Null takes a choice away. */
export const poseFields = z.object({
  poseName: choice.optional(),
  maskType: choice.optional(),
  depthType: choice.optional(),
  resolution: z.object({ width: pixels, height: pixels }).nullable().optional(),
});

export type PoseChange = z.output<typeof poseFields>;

export interface ScenePose {
  poseName: string | null;
  maskType: string | null;
  depthType: string | null;
  width: number | null;
  height: number | null;
}

/** As pose.json. */
export function writePose({ poseName, maskType, depthType, width, height }: ScenePose): JsonObject {
  return {
    pose_name: poseName,
    mask_type: maskType,
    depth_type: depthType,
    resolution: width === null || height === null ? null : { width, height },
  };
}

/** pose.json as a change, to be checked; what the file leaves out stays. */
export const poseFile = z
  .strictObject({
    pose_name: poseFields.shape.poseName,
    mask_type: poseFields.shape.maskType,
    depth_type: poseFields.shape.depthType,
    resolution: poseFields.shape.resolution,
  })
  .transform(({ pose_name, mask_type, depth_type, resolution }): PoseChange => {
    return { poseName: pose_name, maskType: mask_type, depthType: depth_type, resolution };
  });
