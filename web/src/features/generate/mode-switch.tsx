import { type Mode, modeLabels } from "#features/generate/modes.ts";
import { Segments } from "#ui/segments.tsx";

const image: readonly Mode[] = ["TEXT_TO_IMAGE", "IMAGE_TO_IMAGE"];
const families = [
  { value: "BATCH", label: "Batch" },
  { value: "SINGLE", label: "Single" },
  { value: "IMAGE", label: "Image" },
  { value: "IMAGE_UPSCALE", label: "Upscale images" },
  { value: "VIDEO_UPSCALE", label: "Upscale video" },
] as const;

/** What the workspace is for; of images, also what they start from. */
export function ModeSwitch({ mode, onModeChange }: { mode: Mode; onModeChange: (mode: Mode) => void }) {
  const isImage = image.includes(mode);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segments
        label="Mode"
        value={isImage ? "IMAGE" : mode}
        onValueChange={(family) => onModeChange(family === "IMAGE" ? "TEXT_TO_IMAGE" : family)}
        segments={families}
      />
      {isImage && (
        <Segments
          label="Start from"
          value={mode}
          onValueChange={onModeChange}
          segments={image.map((each) => ({ value: each, label: modeLabels[each] }))}
        />
      )}
    </div>
  );
}
