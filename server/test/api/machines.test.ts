import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { encodeId } from "#graphql/ids.ts";
import { type Simulator, startSimulator } from "#platform/comfy/simulator/simulator.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let simulator: Simulator;
beforeAll(async () => {
  app = await startTestApp();
  simulator = await startSimulator({ stepMs: 0 });
});
afterAll(async () => {
  await simulator[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});
afterEach(() => app.deps.db.prisma.machine.deleteMany());

const fields = "{ id name url isEnabled isSimulator isReachable isPaused pools concurrency version gpuName lastError }";
const errors = "... on Error { code message path } ... on UnavailableError { hint }";
const send = async (name: string, input: object): Promise<any> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const payload = name === "removeMachine" ? "removedId" : `machine ${fields}`;
  return (
    await app.execute(
      `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { __typename ... on ${type}Payload { ${payload} } ${errors} } }`,
      { input },
    )
  ).result;
};
const listed = async (): Promise<any[]> => (await app.execute(`{ machines ${fields} }`)).machines;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Something that answers HTTP, and remembers what it was asked. */
async function pretender(
  answer: string,
  status = 200,
): Promise<{ url: string; requests: { url: string; authorization: string | undefined }[]; server: Server }> {
  const requests: { url: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? "", authorization: request.headers.authorization });
    response
      .writeHead(status, { "content-type": "application/json", location: "http://169.254.169.254/latest" })
      .end(answer);
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, server };
}

test("a machine that answers is added with what it says of itself", async () => {
  const { machine } = await send("addMachine", { name: " Rack 1 ", url: `${simulator.url}/` });
  expect(machine).toMatchObject({
    name: "Rack 1",
    url: simulator.url,
    isEnabled: true,
    isSimulator: true,
    isReachable: true,
    isPaused: false,
    pools: ["default"],
    concurrency: 1,
    lastError: null,
    version: expect.any(String),
  });
  expect(await listed()).toEqual([machine]);
});

test.each([
  ["nothing listens there", async () => "http://127.0.0.1:9", undefined],
  ["the name does not exist", async () => "http://gpu.invalid:8188", undefined],
  ["something else answers", async () => (await pretender("<html>")).url, undefined],
  ["it answers with an error", async () => (await pretender('{"error": "no"}', 500)).url, undefined],
  ["it sends elsewhere", async () => (await pretender("", 302)).url, undefined],
])("a machine is not added when %s", async (_why, where) => {
  const result = await send("addMachine", { name: "Nobody", url: await where() });
  expect(result).toMatchObject({
    __typename: "UnavailableError",
    code: "MACHINE_UNREACHABLE",
    path: ["url"],
    hint: expect.stringContaining("--listen"),
  });
  expect(await listed()).toEqual([]);
});

test.each([
  [{ url: "http://169.254.169.254" }, "url"],
  [{ url: "http://[::ffff:169.254.169.254]:8188" }, "url"],
  [{ url: "http://metadata.google.internal/" }, "url"],
  [{ url: "file:///etc/passwd" }, "url"],
  [{ url: "127.0.0.1:8188" }, "url"],
  [{ url: "http://user:secret@127.0.0.1:8188" }, "url"],
  [{ name: "" }, "name"],
  [{ name: "x".repeat(81) }, "name"],
  [{ pools: [""] }, "pools"],
  [{ pools: Array.from({ length: 21 }, String) }, "pools"],
  [{ concurrency: 0 }, "concurrency"],
  [{ concurrency: 65 }, "concurrency"],
  [{ apiKey: "two\r\nlines" }, "apiKey"],
])("a machine is refused with %j", async (input, field) => {
  const result = await send("addMachine", { name: "Refused", url: simulator.url, ...input });
  expect(result).toMatchObject({ __typename: "ValidationError" });
  expect(result.path[0]).toBe(field);
  expect(JSON.stringify(result)).not.toContain("secret");
  expect(await listed()).toEqual([]);
});

test("name and URL are each one machine's", async () => {
  await send("addMachine", { name: "One", url: simulator.url });
  await using other = await startSimulator({ stepMs: 0 });
  expect(await send("addMachine", { name: "One", url: other.url })).toMatchObject({
    __typename: "ConflictError",
    code: "NAME_TAKEN",
    path: ["name"],
  });
  expect(await send("addMachine", { name: "Two", url: `${simulator.url}//` })).toMatchObject({
    __typename: "ConflictError",
    code: "NAME_TAKEN",
    path: ["url"],
  });
  const { machine } = await send("addMachine", { name: "Two", url: other.url });
  expect(await send("updateMachine", { id: machine.id, name: "One" })).toMatchObject({
    __typename: "ConflictError",
    path: ["name"],
  });
  expect(await send("updateMachine", { id: machine.id, url: simulator.url })).toMatchObject({
    __typename: "ConflictError",
    path: ["url"],
  });
});

test("the API key goes to the machine, and nowhere else", async () => {
  const machine = await pretender(
    '{"system": {"comfyui_version": "9.9"}, "devices": [{"name": "GPU", "vram_total": 8}]}',
  );
  const added = await send("addMachine", { name: "Keyed", url: machine.url, apiKey: "key-to-the-rack" });
  expect(added.machine).toMatchObject({ version: "9.9", gpuName: "GPU" });
  expect(machine.requests[0]).toEqual({ url: "/system_stats", authorization: "Bearer key-to-the-rack" });
  const gone = await send("updateMachine", { id: added.machine.id, apiKey: "" });
  expect(gone).toMatchObject({ __typename: "UpdateMachinePayload" });
  expect(await app.deps.db.prisma.machine.findFirstOrThrow()).toMatchObject({ apiKey: null });
  machine.server.close();
  const failed = await send("refreshMachine", { id: added.machine.id });
  expect(failed).toMatchObject({ __typename: "UnavailableError", code: "MACHINE_UNREACHABLE", path: ["id"] });
  expect(JSON.stringify([added, gone, failed, await listed()])).not.toContain("key-to-the-rack");
});

test("a machine is changed field by field", async () => {
  const { machine } = await send("addMachine", {
    name: "Change",
    url: simulator.url,
    pools: ["video"],
    concurrency: 2,
  });
  expect((await send("updateMachine", { id: machine.id, isEnabled: false })).machine).toMatchObject({
    isEnabled: false,
    name: "Change",
    pools: ["video"],
    concurrency: 2,
  });
  expect(
    (await send("updateMachine", { id: machine.id, name: "Changed", pools: [], concurrency: 3, isEnabled: true }))
      .machine,
  ).toMatchObject({ isEnabled: true, name: "Changed", pools: ["default"], concurrency: 3 });
  expect(await send("updateMachine", { id: machine.id, url: "http://169.254.169.254" })).toMatchObject({
    __typename: "ValidationError",
    path: ["url"],
  });
  expect((await send("refreshMachine", { id: machine.id })).machine).toMatchObject({ isReachable: true });
});

test("a machine that is removed is gone, once", async () => {
  const { machine } = await send("addMachine", { name: "Short", url: simulator.url });
  expect(await send("removeMachine", { id: machine.id })).toEqual({
    __typename: "RemoveMachinePayload",
    removedId: machine.id,
  });
  expect(await listed()).toEqual([]);
  for (const name of ["removeMachine", "refreshMachine", "updateMachine"]) {
    expect(await send(name, { id: machine.id })).toMatchObject({ __typename: "NotFoundError", path: ["id"] });
  }
  expect(
    await send("removeMachine", { id: encodeId("Machine", "01900000-0000-7000-8000-00000000dead") }),
  ).toMatchObject({ __typename: "NotFoundError" });
});
