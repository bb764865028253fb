import { z } from "zod";

const part = z.union([
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) }),
]);

/** What the simulator reads of a request to /chat/completions. */
export const chatRequest = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(part)]) })).min(1),
  stream: z.boolean().default(false),
  max_tokens: z.number().int().positive().optional(),
  temperature: z.number().optional(),
  top_p: z.number().optional(),
  top_k: z.number().optional(),
  seed: z.number().optional(),
  response_format: z
    .object({
      type: z.string(),
      json_schema: z.object({ name: z.string(), schema: z.record(z.string(), z.unknown()) }).optional(),
    })
    .optional(),
});
export type ChatRequest = z.infer<typeof chatRequest>;

/** The texts of one role, joined. */
export function textOf({ messages }: ChatRequest, role: "system" | "user"): string {
  const contents = messages.filter((message) => message.role === role).map(({ content }) => content);
  return contents
    .flatMap((content) =>
      typeof content === "string" ? [content] : content.map((each) => ("text" in each ? each.text : "")),
    )
    .join("\n")
    .trim();
}

/** The pictures that were sent along, as data URLs. */
export function imagesOf({ messages }: ChatRequest): string[] {
  return messages.flatMap(({ content }) =>
    typeof content === "string" ? [] : content.flatMap((each) => ("image_url" in each ? [each.image_url.url] : [])),
  );
}

/** About as many as a real tokenizer counts. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4);
}
