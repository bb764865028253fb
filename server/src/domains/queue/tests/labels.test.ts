import { refreshMachine } from "#domains/machines/machines.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
beforeEach(async () => {
  studio = await startQueueStudio({ simulators: [{}, {}] });
});
afterEach(() => studio[Symbol.asyncDispose]());

async function setLabels(name: string, labels: string[]): Promise<string[]> {
  const { id } = await studio.deps.db.prisma.machine.findUniqueOrThrow({ where: { name } });
  const { updateMachine } = await studio.execute(
    `mutation ($input: UpdateMachineInput!) { updateMachine(input: $input) {
      ... on UpdateMachinePayload { machine { labels } } ... on ValidationError { issues { path message } } } }`,
    { input: { id: encodeId("Machine", id), labels } },
  );
  return updateMachine.machine?.labels ?? updateMachine.issues;
}
const requireOfWorkflow = async (requiredLabels: string[]) =>
  (
    await studio.execute(
      `mutation ($input: UpdateWorkflowInput!) { updateWorkflow(input: $input) {
        ... on UpdateWorkflowPayload { workflow { requiredLabels } } } }`,
      { input: { id: encodeId("Workflow", studio.workflowId), requiredLabels } },
    )
  ).updateWorkflow.workflow.requiredLabels;
const submit = async (input: object) =>
  (
    await studio.execute(
      `mutation ($input: SubmitJobInput!) { submitJob(input: $input) {
        ... on SubmitJobPayload { job { requiredLabels } plannedRuns { requiredLabels } }
        ... on ValidationError { code path message } } }`,
      { input: { workflowId: encodeId("Workflow", studio.workflowId), ...input } },
    )
  ).submitJob;
const preflight = async (input: object) =>
  (
    await studio.execute(
      `query ($input: SubmitJobInput!) { preflightJob(input: $input) { status findings { finding { code isBlocking message path } } } }`,
      { input: { workflowId: encodeId("Workflow", studio.workflowId), ...input } },
    )
  ).preflightJob;
const machinesOf = (job: { runs: { machine: { name: string } | null }[] }) =>
  new Set(job.runs.map((run) => run.machine?.name));

test("runs that require labels go only to machines with all of them; others go anywhere", async () => {
  await setLabels("machine-1", ["wan"]);
  await setLabels("machine-2", ["wan", "gpu-24gb"]);
  const one = await studio.untilEnded(await studio.submit({ tries: 6, ms: 20, requiredLabels: ["wan", "gpu-24gb"] }));
  expect([one.status, machinesOf(one)]).toEqual(["SUCCEEDED", new Set(["machine-2"])]);
  const any = await studio.untilEnded(await studio.submit({ tries: 8, ms: 20 }));
  expect(machinesOf(any)).toEqual(new Set(["machine-1", "machine-2"]));
});

test("a workflow's labels hold for all its new jobs, with those of the submission", async () => {
  await setLabels("machine-2", ["wan", "fast"]);
  expect(await requireOfWorkflow(["wan", "wan"])).toEqual(["wan"]);
  expect(await submit({ requiredLabels: ["fast"] })).toMatchObject({ job: { requiredLabels: ["fast", "wan"] } });
  const job = await studio.untilEnded(await studio.submit({ workflowId: studio.workflowId, tries: 4 }));
  expect(machinesOf(job)).toEqual(new Set(["machine-2"]));
  expect(await requireOfWorkflow([])).toEqual([]);
});

test("runs wait while the machine with the labels is away or busy, and do not hold up others", async () => {
  await setLabels("machine-2", ["wan"]);
  await studio.deps.db.prisma.machine.updateMany({ where: { name: "machine-2" }, data: { isPaused: true } });
  const waiting = await studio.submit({ tries: 30, requiredLabels: ["wan"] });
  const other = await studio.untilEnded(await studio.submit({ tries: 2 }));
  expect(machinesOf(other)).toEqual(new Set(["machine-1"]));
  expect(await studio.job(waiting)).toMatchObject({ status: "PENDING", pending: 30 });
  await studio.deps.db.prisma.machine.updateMany({ data: { isPaused: false } });
  studio.deps.runQueue.wake();
  expect((await studio.untilEnded(waiting)).status).toBe("SUCCEEDED");
});

test("a submission whose labels no machine of the pool has is blocked, and waits where one is only out of use", async () => {
  const findings = (each: object) => [
    { finding: expect.objectContaining({ code: "NO_MACHINE_WITH_LABELS", ...each }) },
  ];
  expect(await preflight({ requiredLabels: ["wan"] })).toEqual({
    status: "BLOCKED",
    findings: findings({
      isBlocking: true,
      path: ["requiredLabels"],
      message: expect.stringMatching(/"default".*wan/),
    }),
  });
  expect(await submit({ requiredLabels: ["wan"] })).toMatchObject({
    code: "NO_MACHINE_WITH_LABELS",
    path: ["requiredLabels"],
  });
  await setLabels("machine-2", ["wan"]);
  for (const { id } of await studio.deps.db.prisma.machine.findMany()) await refreshMachine(studio.deps, id);
  expect(await preflight({ requiredLabels: ["wan"] })).toEqual({ status: "READY", findings: [] });
  await studio.deps.db.prisma.machine.updateMany({ where: { name: "machine-2" }, data: { isEnabled: false } });
  expect(await preflight({ requiredLabels: ["wan"] })).toEqual({
    status: "WARNED",
    findings: findings({ isBlocking: false, message: expect.stringContaining("machine-2") }),
  });
});

test("a dry run shows the labels of each run", async () => {
  await requireOfWorkflow(["wan"]);
  expect(await submit({ dryRun: true, requiredLabels: ["gpu-24gb"] })).toEqual({
    job: null,
    plannedRuns: [{ requiredLabels: ["gpu-24gb", "wan"] }],
  });
});

test("labels are short lower-case words, twenty at most, each kept once in order", async () => {
  expect(await setLabels("machine-1", ["wan", "gpu-24gb", "wan", " fp8 "])).toEqual(["fp8", "gpu-24gb", "wan"]);
  for (const wrong of [
    ["Wan"],
    ["two words"],
    [""],
    ["-x"],
    ["x".repeat(41)],
    Array.from({ length: 21 }, (_, n) => `l${n}`),
  ])
    expect(await setLabels("machine-1", wrong)).toEqual([
      expect.objectContaining({ path: expect.arrayContaining(["labels"]) }),
    ]);
  expect(await submit({ requiredLabels: ["Two Words"] })).toMatchObject({
    path: expect.arrayContaining(["requiredLabels"]),
  });
  expect(await setLabels("machine-1", [])).toEqual([]);
});
