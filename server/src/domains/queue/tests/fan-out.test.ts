import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { invertGraph, pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
let invert: string;
beforeAll(async () => {
  studio = await startQueueStudio({ simulators: [{}, {}, {}] });
  invert = await studio.workflow("Invert", invertGraph);
});
afterAll(() => studio[Symbol.asyncDispose]());

const inputs = async (...files: [name: string, colour: string][]) =>
  Promise.all(
    files.map(async ([name, colour]) => ({ assetId: encodeId("Asset", await studio.picture(name, colour)) })),
  );

test("inputs of one stem keep their outputs apart, on several machines at once", async () => {
  const given = await inputs(
    ["shot.png", "red"],
    ["SHOT.png", "blue"],
    ["shot.PNG", "green"],
    ["shot__2.png", "white"],
  );
  const id = await studio.submit({ workflowId: invert, inputs: given, tries: 2 });
  const { status, runs } = await studio.untilEnded(id);
  expect([status, ...runs.map(({ error }) => error)]).toEqual(["SUCCEEDED", ...runs.map(() => null)]);
  const prefixes = runs.map((run) => run.outputPrefix);
  expect(new Set(prefixes.map((prefix) => prefix.toLowerCase())).size).toBe(8);
  expect(runs.flatMap((run) => run.files)).toEqual(prefixes.map((prefix) => `jobs/${id}/${prefix}.png`));
  // A picture carries its graph, so eight prefixes make eight different files.
  expect(new Set(runs.map((run) => run.outputs[0]?.asset.sha256)).size).toBe(8);
});

describe("a submission that is split by input", () => {
  test("is one submission under its key, however often and at once it is sent", async () => {
    const submit = {
      workflowId: invert,
      inputs: await inputs(["a.png", "red"], ["b.png", "blue"], ["c.png", "green"]),
      splitByInput: true,
      idempotencyKey: "split once",
    };
    const before = await studio.countRows();
    const answers = await Promise.all([1, 2, 3].map(() => submitJob(studio.deps, studio.admin, submit)));
    const again = await submitJob(studio.deps, studio.admin, submit);
    const [first] = answers;
    expect(first?.jobIds).toHaveLength(3);
    for (const { jobIds } of [...answers, again]) expect(jobIds).toEqual(first?.jobIds);
    expect((await studio.countRows())["jobs"]).toBe((before["jobs"] ?? 0) + 3);
    await expect(submitJob(studio.deps, studio.admin, { ...submit, tries: 2 })).rejects.toMatchObject({
      kind: "ConflictError",
      code: "IDEMPOTENCY_KEY_REUSED",
    });
    for (const id of first?.jobIds ?? []) expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  });
});

describe("a prompt mode", () => {
  test.each(["PER_IMAGE_MANUAL", "PER_IMAGE_AUTO"] as const)("%s wants a text for each input", async (promptMode) => {
    const [one, two] = [`one ${promptMode}.png`, `two ${promptMode}.png`];
    const given = await inputs([one, "red"], [two, "blue"]);
    const submit = { workflowId: invert, inputs: given, promptMode, dryRun: true };
    const texts = { [one]: { positive_prompt: "first" } };
    await expect(submitJob(studio.deps, studio.admin, { ...submit, perFileParams: texts })).rejects.toMatchObject({
      kind: "ValidationError",
      code: "PROMPT_MISSING",
      path: ["perFileParams", two],
    });
    const { plannedRuns } = await submitJob(studio.deps, studio.admin, {
      ...submit,
      perFileParams: { ...texts, [two]: { positive_prompt: "second" } },
    });
    expect(plannedRuns.map((run) => run.prompts[0]?.text)).toEqual(["first", "second"]);
  });

  test("for each input is refused where there are no inputs, and where there is no prompt", async () => {
    const invalid = { kind: "ValidationError", code: "PROMPT_MODE_INVALID", path: ["promptMode"] };
    const pictures = await studio.workflow("Picture", pictureGraph);
    await expect(studio.submit({ workflowId: pictures, promptMode: "PER_IMAGE_MANUAL" })).rejects.toMatchObject(
      invalid,
    );
    const { "3": _caption, "4": _model, ...silent } = invertGraph;
    const mute = await studio.workflow("Mute", silent);
    await expect(
      studio.submit({ workflowId: mute, inputs: await inputs(["x.png", "red"]), promptMode: "PER_IMAGE_AUTO" }),
    ).rejects.toMatchObject(invalid);
  });
});
