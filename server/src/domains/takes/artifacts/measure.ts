import type { Deps } from "#app/deps.ts";
import { toStorable } from "#lib/storable-text.ts";
import { MediaError } from "#platform/media/media-error.ts";
import type { Prisma } from "#platform/db/generated/client.ts";

/** Longer texts, such as whole graphs, stay in the file and are read from there. In characters. */
const maxText = 100_000;

/** What a stored file says about itself, for an artifact; a damaged one says nothing. */
export async function measure({ storage, media }: Pick<Deps, "storage" | "media">, sha256: string) {
  try {
    await using file = await storage.localCopy(sha256);
    const { codec, width, height, durationSecs, fps, frameCount, texts } = await media.probe(file.path);
    const short = texts.filter(({ text }) => text.length <= maxText).map(({ name, text }) => [name, text] as const);
    const metadata = toStorable(Object.fromEntries(short)) as Prisma.InputJsonObject;
    return { codec, width, height, durationSecs, fps, frameCount, metadata };
  } catch (error) {
    // Machines can write files that are cut short; a person may still want to look at them.
    if (error instanceof MediaError && !error.isTransient) return {};
    throw error;
  }
}
