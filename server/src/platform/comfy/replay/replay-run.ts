import type { ComfyPreview } from "../events.ts";
import type { ComfyEnd } from "../follow.ts";
import type { ComfyProgress } from "../progress.ts";
import { TestMachine } from "../testing.ts";
import type { CapturedLine } from "./captures.ts";
import { type ReplayOptions, ReplayServer } from "./replay-server.ts";

export type Seen = { ends: ComfyEnd[]; progress: ComfyProgress[]; previews: ComfyPreview[]; requests: string[] };

/** Submits what a transcript submitted, one after another, and follows every prompt to its end. */
export async function replayLines(lines: CapturedLine[], options: ReplayOptions = {}): Promise<Seen> {
  await using server = await new ReplayServer(lines, options).start();
  await using machine = new TestMachine({ baseUrl: server.url });
  const seen: Seen = { ends: [], progress: [], previews: [], requests: server.requests };
  const ends = [];
  for (const promptId of server.promptIds) {
    await machine.submit({}, promptId);
    ends.push(
      machine.follow(promptId, {
        onProgress: (progress) => seen.progress.push(progress),
        onPreview: (preview) => seen.previews.push(preview),
      }),
    );
  }
  seen.ends = await Promise.all(ends);
  return seen;
}

export function states(seen: Seen): string[] {
  return seen.ends.map((end) => end.state);
}
