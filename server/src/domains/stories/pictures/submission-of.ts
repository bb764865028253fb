import type { Resolution } from "#domains/presets/logic/resolutions.ts";
import type { SubmitInput } from "#domains/queue/submit/submit-input.ts";
import type { PictureTexts } from "#domains/stories/logic/picture-prompt.ts";
import type { AssetWorkflow } from "#domains/stories/pictures/asset-workflow.ts";

/** What the job of a picture has of its own: its texts in every prompt that takes one, and its size. */
export function submissionOf(
  { positive, negative }: Pick<AssetWorkflow, "positive" | "negative">,
  picture: PictureTexts & { size: Resolution | null },
): Pick<SubmitInput, "params" | "resolution"> {
  const texts = [
    ...positive.map((address) => [address, picture.prompt] as const),
    // Without a text of the style the workflow's own stays.
    ...(picture.negative === "" ? [] : negative.map((address) => [address, picture.negative] as const)),
  ];
  const { size } = picture;
  return {
    params: Object.fromEntries(texts),
    ...(size === null ? {} : { resolution: `${size.width}x${size.height}` }),
  };
}
