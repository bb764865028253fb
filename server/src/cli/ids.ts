import { encodeId } from "#graphql/ids.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The global id for what a person typed: a global id, or the short form that lists show. */
export function globalId(
  type: "Job" | "Run" | "Workflow" | "Machine" | "Project" | "Asset" | "Work",
  text: string,
): string {
  return uuid.test(text) ? encodeId(type, text.toLowerCase()) : text;
}

/** The short form of a global id, for lists. */
export function shortId(id: string): string {
  return Buffer.from(id, "base64").toString("utf8").split(":")[1] ?? id;
}

export const isShortId = (text: string): boolean => uuid.test(text);
