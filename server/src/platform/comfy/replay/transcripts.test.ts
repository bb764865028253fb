import { ownTranscript } from "./captures.ts";
import { replayLines, states } from "./replay-run.ts";

describe.each([{ withoutJobs: false }, { withoutJobs: true }])(
  "what the client makes of a transcript, %o",
  (options) => {
    const play = (name: string, more = {}) => replayLines(ownTranscript(name), { ...options, ...more });

    test("a sampled picture: success, its file, a preview, rising progress", async () => {
      const seen = await play("sampled");
      expect(seen.ends).toEqual([
        {
          state: "succeeded",
          outputs: {
            files: [{ nodeId: "2", key: "images", filename: "a_00001_.png", subfolder: "shots", type: "output" }],
            texts: [],
          },
        },
      ]);
      expect(seen.previews).toMatchObject([{ nodeId: "1", mime: "image/jpeg" }]);
      expect(seen.progress).toContainEqual({ state: "running", fraction: 0.25, nodeId: "1", value: 1, max: 2 });
      expect(seen.progress.at(-1)?.fraction).toBe(0.99);
    });

    test("the second run of the same graph comes from the cache", async () => {
      expect(states(await play("cached"))).toEqual(["succeeded", "succeeded"]);
    });

    test("a preview that does not say whose it is goes to the prompt that runs", async () => {
      expect((await play("legacy-preview")).previews).toHaveLength(1);
    });

    test("a failure keeps what was made before, and no inputs", async () => {
      const [end] = (await play("failed")).ends;
      expect(end).toMatchObject({
        state: "failed",
        error: { nodeId: "2", exceptionType: "torch.OutOfMemoryError", isOutOfMemory: true, interrupted: false },
        outputs: { files: [{ filename: "kept_00001_.png" }] },
      });
      expect(JSON.stringify(end)).not.toContain("secret");
    });

    test("an interrupt is not a failure; a blocked branch is not an end", async () => {
      expect(states(await play("interrupted"))).toEqual(["interrupted"]);
      expect(states(await play("blocked"))).toEqual(["succeeded"]);
    });

    test("what the machine no longer knows is lost", async () => {
      expect(states(await play("lost"))).toEqual(["lost", "lost"]);
    });

    test("sockets that say nothing change nothing but the time it takes", async () => {
      expect(states(await play("failed", { silent: true }))).toEqual(["failed"]);
      expect(states(await play("cached", { silent: true }))).toEqual(["succeeded", "succeeded"]);
    });
  },
);
