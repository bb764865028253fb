import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeId } from "#graphql/ids.ts";
import { invertGraph, pictureBytes, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let beside: QueueStudio;
let studio: QueueStudio;
let root: string;
let invert: string;

beforeAll(async () => {
  beside = await startQueueStudio({ roles: { worker: false } });
  root = join(beside.config.stateDir, "inputs");
  const outside = join(beside.config.stateDir, "outside");
  for (const folder of ["day/old", "night"]) await mkdir(join(root, folder), { recursive: true });
  await mkdir(outside);
  for (const name of ["day/10.png", "day/2.png", "day/old/1.png"])
    await writeFile(join(root, name), await pictureBytes("red"));
  await writeFile(join(root, "day/notes.txt"), "notes");
  await writeFile(join(root, "day/.hidden.png"), "");
  await writeFile(join(outside, "secret.png"), "");
  await symlink(outside, join(root, "day/escape"));
  await symlink(join(outside, "secret.png"), join(root, "day/secret.png"));
  await symlink(join(root, "gone"), join(root, "day/broken"));
  await symlink(join(root, "night"), join(root, "day/link"));
  studio = await startQueueStudio({ beside, roles: { worker: false }, config: { inputRoots: [root] } });
  invert = await studio.workflow("Invert", invertGraph);
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await beside[Symbol.asyncDispose]();
});

const browse = async (args: { path?: string; workflowId?: string; first?: number; offset?: number } = {}) =>
  (
    await studio.execute(
      `query ($path: String, $workflowId: ID, $first: Int, $offset: Int) {
        browseDirectory(path: $path, workflowId: $workflowId, first: $first, offset: $offset) {
          path parent matchCount totalCount entries { name path kind bytes isMatch matchCount } } }`,
      args,
    )
  ).browseDirectory;
type Entry = { name: string; kind: string; isMatch: boolean; matchCount: number | null };
const brief = ({ name, kind, isMatch, matchCount }: Entry) => [name, kind, isMatch, matchCount];

describe("the directory browser", () => {
  test("begins with the open folders", async () => {
    const listing = await browse();
    expect(listing).toMatchObject({ path: null, parent: null, totalCount: 1 });
    expect(listing.entries).toEqual([
      { name: "inputs", path: root, kind: "FOLDER", bytes: null, isMatch: false, matchCount: 0 },
    ]);
  });

  test("lists folders first, in natural order, with what a job would take; nothing hidden, broken or outside", async () => {
    const listing = await browse({ path: "day", workflowId: encodeId("Workflow", invert) });
    expect(listing).toMatchObject({ path: join(root, "day"), parent: root, matchCount: 2, totalCount: 5 });
    expect(listing.entries.map(brief)).toEqual([
      ["link", "FOLDER", false, 0],
      ["old", "FOLDER", false, 1],
      ["2.png", "FILE", true, null],
      ["10.png", "FILE", true, null],
      ["notes.txt", "FILE", false, null],
    ]);
    expect(listing.entries[0].path).toBe(join(root, "night"));
    expect(listing.entries[4].bytes).toBe(5);
    expect((await browse({ path: root })).parent).toBeNull();
  });

  test("goes through a folder page by page", async () => {
    const whole = (await browse({ path: "day" })).entries;
    const pages = await Promise.all([0, 2, 4, 6].map((offset) => browse({ path: "day", first: 2, offset })));
    expect(pages.map((page) => page.entries.length)).toEqual([2, 2, 1, 0]);
    expect(pages.flatMap((page) => page.entries)).toEqual(whole);
  });

  test.each([
    ["/etc", "PATH_OUTSIDE_ROOTS"],
    ["../outside", "PATH_OUTSIDE_ROOTS"],
    ["day/escape", "PATH_OUTSIDE_ROOTS"],
    ["day/../../outside", "PATH_OUTSIDE_ROOTS"],
    ["nowhere", "PATH_MISSING"],
    ["day/2.png", "NOT_A_FOLDER"],
    ["day\0", "PATH_MISSING"],
  ])("refuses %j", async (path, code) => {
    await expect(browse({ path })).rejects.toMatchObject({ kind: "ValidationError", code, path: ["path"] });
  });
});

test("folders that jobs took from are remembered for each person, with how often", async () => {
  const recent = async (viewer = studio.admin) =>
    (await studio.execute("{ recentDirectories { path useCount } }", {}, { viewer })).recentDirectories;
  await studio.submit({ workflowId: invert, directory: "day" });
  await studio.submit({ workflowId: invert, directory: "day/old" });
  await studio.submit({ workflowId: invert, directory: `"${join(root, "day")}"\n` });
  await expect(studio.submit({ workflowId: invert, directory: "night" })).rejects.toMatchObject({
    code: "DIRECTORY_EMPTY",
  });
  expect(await recent()).toEqual([
    { path: join(root, "day"), useCount: 2 },
    { path: join(root, "day/old"), useCount: 1 },
  ]);
  expect(await recent(await studio.person("CREATOR"))).toEqual([]);
});
