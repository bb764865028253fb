import { createProject } from "#domains/projects/projects.service.ts";
import { reviewTake } from "#domains/takes/review-take.service.ts";
import { markUnreachable } from "#domains/machines/machine-health.ts";
import { encodeId } from "#graphql/ids.ts";
import { WebhookEvent } from "#platform/db/generated/enums.ts";
import { isInReview, startTakeStudio, type TakeStudio } from "#test/take-studio.ts";
import { startReceiver } from "#test/webhook-receiver.ts";

let studio: TakeStudio;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
  receiver = await startReceiver();
  studio = await startTakeStudio({
    config: {
      webhooks: { allowPrivate: true, webUrl: "https://studio.example" },
      // Machines are asked once, and stay as a test says.
      worker: { healthIntervalMs: 600_000 },
    },
  });
});
afterEach(async () => {
  await studio[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function add(events: WebhookEvent[], projectId?: string): Promise<void> {
  const project = projectId === undefined ? {} : { projectId: encodeId("Project", projectId) };
  const { createWebhook } = await studio.execute(
    `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { __typename } }`,
    { input: { name: "Pipeline", url: receiver.url, events, ...project } },
  );
  expect(createWebhook.__typename).toBe("CreateWebhookPayload");
}
const bodies = async (count: number): Promise<any[]> =>
  (await receiver.until(count)).map(({ body }) => JSON.parse(body));

test("a take tells when it is ready for review, and what was decided", async () => {
  await add(["TAKE_REVIEW", "TAKE_DECIDED"]);
  const { id: takeId } = await studio.generate();
  await studio.untilTake(takeId, isInReview);
  const id = encodeId("Take", takeId);
  expect((await bodies(1))[0]).toMatchObject({
    type: "take.review",
    data: {
      take: {
        id,
        status: "REVIEW",
        reviewNote: null,
        sceneType: { name: "Walk" },
        character: { name: "Mara" },
        project: { id: encodeId("Project", studio.projectId), name: "Market" },
        url: expect.stringContaining("https://studio.example/gallery?view=takes&"),
      },
    },
  });
  await reviewTake(studio.deps, studio.admin, { takeId, verdict: "REJECTED", note: "She looks away" });
  expect((await bodies(2))[1]).toMatchObject({
    type: "take.decided",
    data: { take: { id, status: "REJECTED", reviewNote: "She looks away" } },
  });
});

test("each run tells that it has its outputs, or why it failed, and of which job and machine", async () => {
  await add(["RUN_SUCCEEDED", "RUN_FAILED"]);
  const jobId = await studio.submit({ name: "Lanterns" });
  const [succeeded] = await bodies(1);
  const job = { id: encodeId("Job", jobId), name: "Lanterns" };
  expect(succeeded).toMatchObject({
    type: "run.succeeded",
    data: {
      run: { index: 0, status: "SUCCEEDED", error: null, job, project: null, machine: { name: expect.any(String) } },
    },
  });
  const broken = await studio.workflow("Broken", {
    "1": { class_type: "SimulatorSleep", inputs: { ms: 0, seed: 1 } },
    "2": { class_type: "SimulatorFail", inputs: { token: ["1", 0], message: "no film in the camera" } },
    "3": { class_type: "SimulatorOutput", inputs: { token: ["2", 0], filename_prefix: "dark" } },
  });
  await studio.submit({ name: "Dark", workflowId: broken, tries: 1 });
  expect((await bodies(2))[1]).toMatchObject({
    type: "run.failed",
    data: { run: { status: "FAILED", error: { message: expect.any(String) }, job: { name: "Dark" } } },
  });
});

test("a webhook of a project hears of that project's jobs, runs and takes alone, and of every machine", async () => {
  const { deps, admin, projectId } = studio;
  const other = await createProject(deps, admin, { name: "Harbour" });
  await add(Object.values(WebhookEvent), projectId);
  for (const elsewhere of [{}, { projectId: other.id }]) await studio.untilEnded(await studio.submit(elsewhere));
  const { id: takeId } = await studio.generate();
  await studio.untilTake(takeId, isInReview);
  await studio.untilEnded(await studio.submit({ projectId }));
  const { id } = await deps.db.prisma.machine.findFirstOrThrow();
  await markUnreachable(deps, id, "It hung up");
  await studio.until("the machine's word", () =>
    receiver.received.some(({ body }) => JSON.parse(body).type === "machine.unreachable"),
  );
  await studio.until(
    "all is sent",
    async () => (await deps.db.prisma.webhookDelivery.count({ where: { status: "PENDING" } })) === 0,
  );
  const sent = receiver.received.map(({ body }) => JSON.parse(body));
  expect(new Set(sent.map(({ type }) => type))).toEqual(
    new Set(["job.started", "job.ended", "run.succeeded", "take.review", "machine.unreachable"]),
  );
  const projects = sent.flatMap(({ data: { job, run, take: told } }) => {
    const about = job ?? run ?? told;
    return about ? [about.project?.name ?? "none"] : [];
  });
  expect(new Set(projects)).toEqual(new Set(["Market"]));
});
