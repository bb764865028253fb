import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "#test/cli/run-cli.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";
import { makeWorkStudio } from "#test/work-studio.ts";

let app: TestApp;
let folder: string;
const cli = (...args: string[]) => runCli(["--url", app.url, "works", ...args]);

beforeAll(async () => {
  app = await startTestApp({ roles: { api: true } });
  folder = await mkdtemp(join(tmpdir(), "callsheet-cli-works-"));
  await makeWorkStudio(app, "The sea");
  await makeWorkStudio(app, "The lake");
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("a book is cut into chapters, and older translations are brought in once", async () => {
  const book = join(folder, "book.txt");
  await writeFile(book, "Chapter 1: Rain\n雨。\n\nChapter 2\n雪。");
  expect(await cli("import-chapters", "The sea", book)).toMatchObject({ code: 0, out: "2 chapters added\n" });
  const older = join(folder, "older.json");
  const translations = [{ chapterNumber: 1, text: "Rain." }];
  await writeFile(older, JSON.stringify({ legacyPrompt: { name: "v0" }, translations }));
  const bring = () => cli("import-translations", "The sea", older);
  expect(await bring()).toMatchObject({ code: 0, out: "1 translations added, 0 were there\n" });
  expect(await bring()).toMatchObject({ code: 0, out: "0 translations added, 1 were there\n" });
});

test("works are given the usual prompt once, and are listed with it", async () => {
  expect(await cli("seed-prompts", "The sea")).toMatchObject({ out: "1 given the usual prompt, 0 had one\n" });
  expect(await cli("seed-prompts")).toMatchObject({ out: "1 given the usual prompt, 1 had one\n" });
  expect(await cli("seed-prompts")).toMatchObject({ out: "0 given the usual prompt, 2 had one\n" });
  expect((await cli()).out).toMatch(/2 +version 1 +Japanese → English +The sea/);
});

test("a work that is not there, and a file that can't be read, are told", async () => {
  expect(await cli("seed-prompts", "Nowhere")).toMatchObject({ code: 1, err: expect.stringContaining("no work") });
  expect(await cli("import-chapters", "The sea", "nothing.txt")).toMatchObject({
    code: 2,
    err: expect.stringContaining("ENOENT"),
  });
});
