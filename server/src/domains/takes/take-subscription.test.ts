import { cancelTake } from "#domains/takes/segments/cancel-take.service.ts";
import { deleteTake } from "#domains/takes/segments/delete-take.service.ts";
import { reviewTake } from "#domains/takes/review-take.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { type Api, type Socket, startApi } from "#test/api/api-server.ts";
import { startTakeStudio, type TakeStudio } from "#test/take-studio.ts";

let studio: TakeStudio;
let api: Api;
beforeAll(async () => {
  studio = await startTakeStudio();
  api = await startApi(studio);
  api.viewers.set("stranger", await studio.person("CREATOR"));
  api.viewers.set("member", await studio.person("VIEWER", [studio.projectId]));
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await studio[Symbol.asyncDispose]();
});
afterEach(() => studio.simulators[0]?.clearFaults());

const watch = `subscription ($ids: [ID!]) { takeUpdated(ids: $ids) {
  takeId take { id status segments { status } outputs { id } } } }`;
interface Told {
  takeId: string;
  take: { status: string; segments: { status: string }[]; outputs: unknown[] } | null;
}
const told = async (client: Socket): Promise<Told> => (await client.next()).payload.data.takeUpdated;
/** The next state of the take that is so. */
const until = async (client: Socket, id: string, isSo: (event: Told) => boolean): Promise<Told> => {
  for (;;) {
    const event = await told(client);
    if (event.takeId === encodeId("Take", id) && isSo(event)) return event;
  }
};
/** Everything that was sent before is worked on. */
const settle = async (client: Socket): Promise<void> => {
  client.send({ type: "ping" });
  await client.next();
};

test("a take is told as it is, as its segments come, with its outputs when it is up for review, and when it is gone", async () => {
  const { deps, admin } = studio;
  const { id } = await studio.generate();
  const client = await api.socket();
  client.subscribe("take", watch, { ids: [encodeId("Take", id)] });
  expect((await told(client)).take).toMatchObject({ status: expect.stringMatching(/GENERATING|REVIEW/) });
  const { take } = await until(client, id, (event) => event.take?.status === "REVIEW");
  expect(take).toMatchObject({ segments: [{ status: "DONE" }, { status: "DONE" }, { status: "DONE" }] });
  expect(take?.outputs).toHaveLength(4);
  await reviewTake(deps, admin, { takeId: id, verdict: "REJECTED" });
  await until(client, id, (event) => event.take?.status === "REJECTED");
  await deleteTake(deps, admin, id);
  await until(client, id, (event) => event.take === null);
  await client.close();
});

test("what happens to any take is told to members of its project, and nothing of it to others", async () => {
  const { deps, admin } = studio;
  studio.simulators[0]?.setFault({ neverEnding: true });
  const [member, stranger] = [await api.socket({ "x-viewer": "member" }), await api.socket({ "x-viewer": "stranger" })];
  for (const client of [member, stranger]) {
    client.subscribe("takes", watch);
    await settle(client);
  }
  const { id } = await studio.generate();
  await until(member, id, (event) => event.take?.status === "GENERATING");
  await cancelTake(deps, admin, id);
  await until(member, id, (event) => event.take?.status === "CANCELED");
  await settle(stranger);
  expect(stranger.unread()).toEqual([]);
  stranger.subscribe("one", watch, { ids: [encodeId("Take", id)] });
  expect(await stranger.next()).toMatchObject({
    payload: { errors: [{ extensions: { code: "NOT_FOUND" } }] },
  });
  await member.close();
  await stranger.close();
});

test("many changes come at most ten times a second, and one look serves all who watch", async () => {
  const { deps } = studio;
  studio.simulators[0]?.setFault({ neverEnding: true });
  const { id } = await studio.generate();
  const clients = await Promise.all(Array.from({ length: 10 }, () => api.socket()));
  for (const client of clients) {
    client.subscribe("take", watch, { ids: [encodeId("Take", id)] });
    await told(client);
  }
  studio.takeStatements();
  for (let n = 0; n < 200; n++) deps.bus.publish("take.changed", { takeId: id });
  await Promise.all(clients.map((client) => told(client)));
  await settle(clients[0] as Socket);
  const looks = studio.takeStatements().filter((sql) => /FROM "public"."take" WHERE/.test(sql));
  expect(looks.length).toBeLessThan(6);
  await cancelTake(deps, studio.admin, id);
  await Promise.all(clients.map((client) => until(client, id, (event) => event.take?.status === "CANCELED")));
  await Promise.all(clients.map((client) => client.close()));
});

test("a take's end is told even when its events were lost", async () => {
  const deaf = await startApi({
    ...studio,
    deps: { ...studio.deps, bus: { ...studio.deps.bus, publish: () => undefined, subscribe: () => () => undefined } },
  });
  const { id } = await studio.generate();
  const client = await deaf.socket();
  client.subscribe("take", watch, { ids: [encodeId("Take", id)] });
  await until(client, id, (event) => event.take?.status === "REVIEW");
  await client.close();
  await deaf[Symbol.asyncDispose]();
});

test("a workflow is told with its dry run under way, and with the verdict", async () => {
  const workflowId = encodeId("Workflow", studio.workflowId);
  const client = await api.socket({ "x-viewer": "member" });
  client.subscribe(
    "dry",
    `subscription ($id: ID!) { dryRunUpdated(workflowId: $id) { id status currentVersion { latestDryRun { status machineName } } } }`,
    { id: workflowId },
  );
  const verdict = async () => {
    const { status, currentVersion } = (await client.next()).payload.data.dryRunUpdated;
    return [status, currentVersion.latestDryRun?.status ?? null];
  };
  expect(await verdict()).toEqual(["DRAFT", null]);
  await studio.execute(
    "mutation ($id: ID!) { dryRunWorkflow(input: { workflowId: $id }) { ... on DryRunWorkflowPayload { dryRun { status } } } }",
    { id: workflowId },
  );
  let last = await verdict();
  if (last[1] === "RUNNING") last = await verdict();
  expect(last).toEqual(["TESTED", "PASSED"]);
  client.subscribe("junk", `subscription { dryRunUpdated(workflowId: "junk") { id } }`);
  expect(await client.next()).toMatchObject({ payload: { errors: [{ extensions: { code: "NOT_FOUND" } }] } });
  await client.close();
});
