import sharp from "sharp";
import { type ChatRequest, imagesOf, textOf } from "#platform/llm/simulator/protocol.ts";
import { exampleOf } from "#platform/llm/simulator/example-of.ts";
import { simulatedMark } from "#platform/llm/simulator/mark.ts";

/** What the simulator says: the same to the same request. */
export async function replyTo(request: ChatRequest): Promise<string> {
  const shape = request.response_format?.json_schema;
  if (shape) return JSON.stringify(exampleOf(shape.schema, textOf(request, "user")));
  const [image] = imagesOf(request);
  return image ? describeImage(image) : echo(textOf(request, "user"));
}

/** Tells of the picture what can be told without looking: its size, its light, its main colour. */
async function describeImage(dataUrl: string): Promise<string> {
  const bytes = Buffer.from(dataUrl.slice(dataUrl.indexOf(",") + 1), "base64");
  const picture = sharp(bytes);
  const [{ width, height }, { dominant }] = await Promise.all([picture.metadata(), picture.stats()]);
  const { r, g, b } = dominant;
  const light = (r + g + b) / 3 > 127 ? "bright" : "dim";
  const form = width > height ? "landscape" : width < height ? "portrait" : "square";
  const strongest = r >= g && r >= b ? "red" : g >= b ? "green" : "blue";
  return `${simulatedMark} A ${form} picture in ${light} light, mostly ${strongest}: a subject at rest before a plain ground, camera at eye level.`;
}

/** Hands text back paragraph by paragraph, so that what was asked for can be recognised. */
function echo(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `${simulatedMark} ${paragraph.trim()}`)
    .join("\n\n");
}
