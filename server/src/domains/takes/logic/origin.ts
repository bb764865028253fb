import { z } from "zod";

/** Where a file comes from, as it says itself: machines write run and job, files that are put together here their take. */
export interface FileOrigin {
  takeId: string | null;
  jobIds: string[];
}

const record = z.object({
  takeId: z.uuid().optional(),
  jobId: z.uuid().optional(),
  jobIds: z.array(z.uuid()).max(1_000).optional(),
});

/** The origin among the texts of a file, or in a sidecar; null when it has none. WebP keeps the name in the text. */
export function readOrigin(texts: readonly { name: string; text: string }[]): FileOrigin | null {
  for (const { name, text } of texts) {
    const own = name === "callsheet" ? text : text.startsWith("callsheet:") ? text.slice("callsheet:".length) : null;
    const parsed = own === null ? null : record.safeParse(parse(own)).data;
    if (!parsed) continue;
    const { takeId = null, jobId, jobIds = [] } = parsed;
    return { takeId, jobIds: jobId === undefined ? jobIds : [jobId, ...jobIds] };
  }
  return null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/\0+$/, ""));
  } catch {
    return null;
  }
}
