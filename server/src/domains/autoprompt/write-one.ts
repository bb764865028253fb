import sharp from "sharp";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ValidationError } from "#lib/domain-error.ts";
import type { AutoPrompt, AutoPromptItem } from "#platform/db/generated/client.ts";
import type { LlmImage } from "#platform/llm/llm.ts";
import { NotStoredError } from "#platform/storage/storage.ts";

export type PictureItem = AutoPromptItem & { asset: { sha256: string; filename: string } };

/** What of a picture's row was written. */
export type Written = Partial<
  Pick<AutoPromptItem, "caption" | "captionModel" | "motionPrompt" | "clips" | "motionModel" | "elapsedMs">
>;

type OneDeps = Pick<Deps, "llm" | "storage">;

/** The longer side of what a model sees, in pixels: more only takes longer. */
const seenSize = 1_024;

/** What the picture shows. @throws LlmUnavailableError and its like, ValidationError when the picture can't be read */
export async function writeCaption(
  { llm, storage }: OneDeps,
  { captionPrompt }: AutoPrompt,
  { asset, elapsedMs }: PictureItem,
  signal: AbortSignal,
): Promise<Written> {
  const answer = await llm.writeText({
    purpose: "caption",
    system: captionPrompt,
    prompt: "Describe this picture.",
    images: [await seenPicture(storage, asset)],
    signal,
  });
  return { caption: answer.value, captionModel: answer.model, elapsedMs: elapsedMs + answer.elapsedMs };
}

/** One text from the description alone, or one for each clip. @throws as writeCaption */
export async function writeMotion(
  { llm }: OneDeps,
  { stage, motionPrompt, clips }: AutoPrompt,
  { caption, elapsedMs }: PictureItem,
  signal: AbortSignal,
): Promise<Written> {
  const prompt = `The first picture: ${caption ?? ""}`;
  // Whoever asks for prompts alone has some and wants others.
  const isFresh = stage === "MOTION";
  const request = { purpose: "motion", system: motionPrompt, prompt, isFresh, signal } as const;
  if (clips < 2) {
    const { value, model, elapsedMs: took } = await llm.writeText(request);
    return { motionPrompt: value, clips: [], motionModel: model, elapsedMs: elapsedMs + took };
  }
  const { value, model, elapsedMs: took } = await llm.writeObject(request, clipTexts(clips), "clip_prompts");
  return { motionPrompt: null, clips: Object.values(value), motionModel: model, elapsedMs: elapsedMs + took };
}

/** `clip_1` to `clip_N`, in order. */
function clipTexts(count: number): z.ZodType<Record<string, string>> {
  const text = z.string().trim().min(1);
  return z.object(Object.fromEntries(Array.from({ length: count }, (_, index) => [`clip_${index + 1}`, text])));
}

async function seenPicture(storage: Deps["storage"], { sha256, filename }: PictureItem["asset"]): Promise<LlmImage> {
  try {
    const bytes = await sharp(await storage.bytes(sha256), { animated: false })
      .rotate()
      .resize({ width: seenSize, height: seenSize, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 85 })
      .toBuffer();
    return { bytes, mime: "image/jpeg", sha256 };
  } catch (error) {
    const why = error instanceof NotStoredError ? "its bytes are gone" : "it can't be read as a picture";
    throw ValidationError.at(["inputs"], `${filename}: ${why}; choose it again, or leave it out`, "INPUT_UNREADABLE");
  }
}
