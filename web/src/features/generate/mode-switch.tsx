import { type ImageMode, imageModes, isImageMode, type Mode, modeLabels } from "#features/generate/modes.ts";
import { Segments } from "#ui/segments.tsx";

const families = [
  { value: "BATCH", label: "Batch" },
  { value: "SINGLE", label: "Single" },
  { value: "IMAGE", label: "Image" },
  { value: "IMAGE_UPSCALE", label: "Upscale images" },
  { value: "VIDEO_UPSCALE", label: "Upscale video" },
] as const;

interface ModeSwitchProps {
  mode: Mode;
  /** Which of the image modes was the last. */
  imageMode: ImageMode;
  onModeChange: (mode: Mode) => void;
}

/** What the workspace is for; of images, also what they start from. */
export function ModeSwitch({ mode, imageMode, onModeChange }: ModeSwitchProps) {
  const isImage = isImageMode(mode);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segments
        label="Mode"
        value={isImage ? "IMAGE" : mode}
        onValueChange={(family) => onModeChange(family === "IMAGE" ? imageMode : family)}
        segments={families}
      />
      {isImage && (
        <Segments
          label="Start from"
          value={mode}
          onValueChange={onModeChange}
          segments={imageModes.map((each) => ({ value: each, label: modeLabels[each] }))}
        />
      )}
    </div>
  );
}
