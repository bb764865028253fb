import { TestMachine } from "../testing.ts";
import { type CaptureVersion, captureVersions, hasCaptures, readTranscript } from "./captures.ts";
import { replayLines, states } from "./replay-run.ts";
import { ReplayServer, type ReplayOptions } from "./replay-server.ts";

const replay = (version: CaptureVersion, name: string, options?: ReplayOptions) =>
  replayLines(readTranscript(version, name), options);
const recorded = hasCaptures ? describe : describe.skip;

recorded("recorded traffic of v0.33", () => {
  test("an interrupt that came too late leaves a success", async () => {
    const seen = await replay("v0.33", "interrupt_during_last_node_that_never_checks");
    expect(states(seen)).toEqual(["succeeded"]);
  });

  test("a job that was cancelled through its own route is interrupted", async () => {
    const seen = await replay("v0.33", "cancel_endpoint");
    expect(states(seen)).toEqual(["interrupted", "lost", "succeeded", "interrupted", "lost"]);
  });
});

recorded.each(captureVersions)("recorded traffic of %s", (version) => {
  test("a normal run succeeds with its file, previews and rising progress", async () => {
    const seen = await replay(version, "normal_run_ksampler");
    expect(seen.ends).toMatchObject([
      { state: "succeeded", outputs: { files: [{ nodeId: "9", filename: expect.stringMatching(/^img_\d+_\.png$/) }] } },
    ]);
    expect(seen.previews).toHaveLength(5);
    expect(seen.previews[0]).toMatchObject({ nodeId: "3", mime: "image/jpeg" });
    const fractions = seen.progress.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeGreaterThan(0.9);
    expect(seen.progress).toContainEqual(expect.objectContaining({ nodeId: "3", value: 3, max: 5 }));
  });

  test("previews of the old kind are matched to the prompt that runs", async () => {
    const seen = await replay(version, "normal_run_legacy_preview");
    expect(states(seen)).toEqual(["succeeded"]);
    expect(seen.previews).toHaveLength(5);
  });

  test("a cached rerun ends although it runs no node, and it alone is asked about", async () => {
    const seen = await replay(version, "cached_rerun");
    expect(states(seen)).toEqual(["succeeded", "succeeded"]);
    expect(seen.requests.filter((request) => request.startsWith("GET"))).toHaveLength(1);
  });

  test("a blocked branch is not the end", async () => {
    const seen = await replay(version, "execution_blocked");
    expect(states(seen)).toEqual(["succeeded", "succeeded"]);
  });

  test("a failed node is told with class, message and traceback, and no inputs", async () => {
    const [end] = (await replay(version, "node_error")).ends;
    expect(end).toMatchObject({
      state: "failed",
      error: {
        nodeId: "2",
        nodeType: "ProbeFail",
        exceptionType: "ValueError",
        message: "boom from node",
        isOutOfMemory: false,
        interrupted: false,
      },
    });
    expect(JSON.stringify(end)).not.toContain("tensor(");
  });

  test("files made before a failure are kept", async () => {
    const [end] = (await replay(version, "node_error_after_an_output_was_saved")).ends;
    expect(end).toMatchObject({ state: "failed", outputs: { files: [{ nodeId: "2", type: "output" }] } });
  });

  test("running out of memory is recognised", async () => {
    const [end] = (await replay(version, "node_error_oom")).ends;
    expect(end).toMatchObject({ state: "failed", error: { isOutOfMemory: true } });
  });

  test("interrupted is not failed, however it was asked for", async () => {
    expect(states(await replay(version, "interrupt_by_prompt_id"))).toEqual(["interrupted", "succeeded"]);
    expect(states(await replay(version, "interrupt_global"))).toContain("interrupted");
  });

  test("a machine that was killed has lost what waited and what ran", async () => {
    for (const name of ["server_sigkill_mid_run", "server_sigterm_mid_run"]) {
      const seen = await replay(version, name);
      // The recording stops before the end of the one that was submitted after the restart.
      expect(states(seen).slice(0, 3)).toEqual(["succeeded", "lost", "lost"]);
    }
  });

  test("a connection that broke in the middle, or went deaf, does not hide the end", async () => {
    expect(states(await replay(version, "reconnect_clean_mid_run"))).toEqual(["succeeded"]);
    expect(states(await replay(version, "reconnect_overlapping_then_old_closes"))).toEqual(["succeeded"]);
  });

  test("a pending prompt that was deleted is lost; the others end", async () => {
    expect(states(await replay(version, "delete_pending"))).toEqual(["succeeded", "lost", "succeeded"]);
  });

  test("a part of the graph that was dropped is told by the answer, and the rest is followed", async () => {
    await using server = await new ReplayServer(readTranscript(version, "partial_validation_success")).start();
    await using machine = new TestMachine({ baseUrl: server.url });
    const [promptId = ""] = server.promptIds;
    await machine.socket.ready();
    machine.socket.register(promptId);
    const accepted = await machine.client.submit({ prompt: {}, promptId, clientId: machine.socket.clientId });
    expect(accepted.nodeErrors).toEqual([
      {
        nodeId: "8",
        classType: "LoadImage",
        dependentOutputs: ["9"],
        errors: [
          expect.objectContaining({
            type: "custom_validation_failed",
            details: "image - Invalid image file: does-not-exist.png",
            inputName: "image",
          }),
        ],
      },
    ]);
    expect((await machine.follow(promptId)).state).toBe("succeeded");
  });

  test("every kind of output becomes files and texts", async () => {
    const seen = await replay(version, "output_kinds");
    const files = seen.ends.flatMap((end) => (end.state === "succeeded" ? end.outputs.files : []));
    const kinds = new Set(files.map(({ filename }) => filename.split(".").at(-1)));
    expect(kinds).toEqual(new Set(["webp", "png", "flac", "mp4", "webm", "latent"]));
    expect(files.find(({ filename }) => filename.endsWith(".mp4"))).toMatchObject({ key: "images", animated: true });
    const texts = (await replay(version, "text_output_and_progress_text")).ends;
    expect(texts).toMatchObject([{ outputs: { texts: [{ nodeId: "1" }, { nodeId: "2" }] } }]);
  });

  test.each([
    "async_nodes_parallel",
    "lazy_inputs",
    "node_expansion",
    "ordering_front_and_number",
    "two_queued_prompts",
  ])("%s: every prompt ends", async (name) => {
    const seen = await replay(version, name);
    expect(seen.ends.length).toBeGreaterThan(0);
    expect(new Set(states(seen))).toEqual(new Set(["succeeded"]));
  });

  test("the same conclusions are reached on a machine without the jobs route", async () => {
    expect(states(await replay(version, "normal_run_ksampler", { withoutJobs: true }))).toEqual(["succeeded"]);
    expect(states(await replay(version, "interrupt_by_prompt_id", { withoutJobs: true }))).toEqual([
      "interrupted",
      "succeeded",
    ]);
    expect(states(await replay(version, "node_error_oom", { withoutJobs: true }))).toEqual(["failed"]);
  });
});
