import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { moveProcessedInputs } from "#domains/queue/move-processed.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import { invertGraph, pictureBytes, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let beside: QueueStudio;
let studio: QueueStudio;
let root: string;
let workflowId: string;

beforeAll(async () => {
  beside = await startQueueStudio({ roles: { worker: false } });
  root = join(beside.config.stateDir, "inputs");
  await mkdir(root, { recursive: true });
  studio = await startQueueStudio({ beside, roles: { worker: true }, config: { inputRoots: [root] } });
  const source = JSON.stringify({
    template_inline: invertGraph,
    input_type: "image",
    input_extensions: ["png"],
    move_processed: true,
  });
  const { workflow } = await importWorkflow(studio.deps, { name: "Tidy", source, removeOrphans: false });
  workflowId = workflow.id;
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await beside[Symbol.asyncDispose]();
});

async function folder(name: string, files: Record<string, string>): Promise<string> {
  await mkdir(join(root, name), { recursive: true });
  for (const [file, colour] of Object.entries(files))
    await writeFile(join(root, name, file), await pictureBytes(colour));
  return name;
}
const listed = async (...path: string[]) => (await readdir(join(root, ...path))).toSorted();

test("inputs on the server go to _processed when all runs have succeeded, and nothing there is overwritten", async () => {
  const directory = await folder("day", { "a.png": "red", "b.png": "blue", "c.jpg": "green" });
  await folder("day/_processed", { "a.png": "black" });
  const id = await studio.submit({ workflowId, directory });
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  await studio.until("moved", async () => (await listed("day")).length === 2);
  expect([await listed("day"), await listed("day", "_processed")]).toEqual([
    ["_processed", "c.jpg"],
    ["a.png", "a__2.png", "b.png"],
  ]);
});

test("a file that was replaced since is left alone, and so is one whose folder leads elsewhere", async () => {
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const directory = await folder("night", { "a.png": "red" });
  const id = await studio.submit({ workflowId, directory });
  await writeFile(join(root, "night", "a.png"), await pictureBytes("white"));
  const other = await studio.submit({ workflowId, directory: await folder("far", { "x.png": "red" }) });
  await symlink(beside.config.stateDir, join(root, "far", "_processed"));
  await studio.deps.db.prisma.queuePause.deleteMany();
  studio.deps.runQueue.wake();
  for (const each of [id, other]) {
    expect((await studio.untilEnded(each)).status).toBe("SUCCEEDED");
    await moveProcessedInputs(studio.deps, each);
  }
  expect([await listed("night"), await listed("far")]).toEqual([["a.png"], ["_processed", "x.png"]]);
});
