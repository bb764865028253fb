import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockState } from "#app/start/state-lock.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "callsheet lock "));
});
afterEach(() => rm(directory, { recursive: true }));

test("a second start on a state directory is told who runs on it, and how to run beside it", async () => {
  await using _held = await lockState(directory, "process 123, http://localhost:3000");
  await expect(lockState(directory, "another")).rejects.toThrow(
    /running already on .*\(process 123, http:\/\/localhost:3000\)[^]*CALLSHEET_STATE_DIR=/,
  );
});

test("the directory is free again once the first has ended", async () => {
  const held = await lockState(directory, "first");
  await held[Symbol.asyncDispose]();
  await using _second = await lockState(directory, "second");
});

test("two directories do not hinder each other", async () => {
  await using _one = await lockState(join(directory, "one"), "one");
  await using _two = await lockState(join(directory, "two"), "two");
});
