import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { openInside, OutsideRootsError } from "#platform/storage/open-inside.ts";

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "callsheet-open-")));
  root = join(folder, "open");
  await mkdir(root);
  await mkdir(join(folder, "open-too"));
  await writeFile(join(root, "a.txt"), "inside");
  await writeFile(join(folder, "secret.txt"), "outside");
  await writeFile(join(folder, "open-too", "secret.txt"), "outside");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a file inside is read, by a link inside as well", async () => {
  await symlink(join(root, "a.txt"), join(root, "link.txt"));
  for (const name of ["a.txt", "link.txt"]) {
    await using file = await openInside([root], join(root, name));
    expect([await text(file.read()), await text(file.read({ start: 2, end: 3 }))]).toEqual(["inside", "si"]);
    expect(file.stats.size).toBe(6);
  }
});

test("nothing outside is opened: by links of files or folders, by dots, or by a folder of a like name", async () => {
  await symlink(join(folder, "secret.txt"), join(root, "link.txt"));
  await symlink(folder, join(root, "up"));
  for (const path of [
    join(root, "link.txt"),
    join(root, "up", "secret.txt"),
    `${root}/../secret.txt`,
    join(folder, "open-too", "secret.txt"),
  ])
    await expect(openInside([root], path)).rejects.toThrow(OutsideRootsError);
  await expect(openInside([], join(root, "a.txt"))).rejects.toThrow(OutsideRootsError);
});

test("a name that leads elsewhere after the opening changes nothing about what is read", async () => {
  await using file = await openInside([root], join(root, "a.txt"));
  await unlink(join(root, "a.txt"));
  await symlink(join(folder, "secret.txt"), join(root, "a.txt"));
  expect(await text(file.read())).toBe("inside");
});

test("names that change all the time never open anything outside", async () => {
  const path = join(root, "day", "a.txt");
  const away = join(folder, "away");
  await mkdir(away);
  await writeFile(join(away, "a.txt"), "outside");
  await mkdir(join(root, "real"));
  await writeFile(join(root, "real", "a.txt"), "inside");
  let isOver = false;
  const swap = async (): Promise<void> => {
    for (let n = 0; !isOver; n += 1) {
      await symlink(n % 2 === 0 ? away : join(root, "real"), join(root, `next-${n}`));
      await rename(join(root, `next-${n}`), join(root, "day"));
    }
  };
  const swapping = swap();
  const seen = new Set<string>();
  for (let n = 0; n < 400; n += 1) {
    seen.add(
      await openInside([root], path).then(
        async (file) => {
          await using _closed = file;
          return await text(file.read());
        },
        (error: Error) => error.name,
      ),
    );
  }
  isOver = true;
  await swapping;
  expect(seen).not.toContain("outside");
  expect(seen).toContain("inside");
});

test("a folder and a pipe are refused at once, and what is not there is told of as such", async () => {
  execFileSync("mkfifo", [join(root, "pipe")]);
  await expect(openInside([root], root)).rejects.toThrow("plain file");
  await expect(openInside([root], join(root, "pipe"))).rejects.toThrow("plain file");
  await expect(openInside([root], join(root, "gone"))).rejects.toMatchObject({ code: "ENOENT" });
});
