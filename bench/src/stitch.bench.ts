import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pipeline } from "node:stream/promises";
import { openMedia } from "@callsheet/server/platform/media/media.ts";
import { makeClip } from "@callsheet/server/test/clips.ts";
import { percentile, printTable, round } from "./support.ts";

/**
 * The clips of a long take joined into one without encoding again, in the media processes of the product; the baseline
 * copies the same bytes into one file. Both end with the file on the disk. Usage: npm run bench -- stitch [rounds] [clips]
 */
const times = Number(process.argv[2] ?? 5);
const count = Number(process.argv[3] ?? 60);
const barSecs = 5;
/** As a video model makes them. */
const size = { frames: 81, fps: 16, width: 832, height: 480, bitrate: 4e6, isGrainy: true };

const folder = await mkdtemp(join(tmpdir(), "callsheet-stitch-"));
const media = openMedia();
try {
  const rows: Record<string, string | number>[] = [];
  for (const kind of ["mp4", "webm"] as const) {
    // A handful of different clips, each several times: what is joined is read from the disk all the same.
    const made: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const path = join(folder, `clip-${n}.${kind}`);
      made.push(await makeClip(path, { ...size, container: kind, square: (index) => ((index + n * 10) % 100) / 100 }));
    }
    const clips = Array.from({ length: count }, (_, n) => made[n % made.length] as string);
    const megabytes =
      (await Promise.all(clips.map(async (path) => (await stat(path)).size))).reduce((a, b) => a + b) / 1e6;
    // The first task starts its process.
    await media.probe(clips[0] as string);
    const copied = await measured(() => copyAll(clips, join(folder, `copy.${kind}`)));
    const to = join(folder, `joined.${kind}`);
    const joined = await measured(async () => {
      const { frameCount, isReencoded } = await media.join(clips, to, {});
      if (frameCount !== count * size.frames || isReencoded) throw new Error("the clips were not joined as they are");
      await flushed(to);
    });
    rows.push({
      what: `${count} clips of ${size.frames} frames, ${kind}, ${round(megabytes, 1)} MB`,
      "join p50, s": round(joined.p50),
      "join p95, s": round(joined.p95),
      "copy p50, s": round(copied.p50),
      ratio: round(joined.p50 / copied.p50, 1),
      [`under ${barSecs} s`]: joined.p95 < barSecs ? "yes" : "NO",
    });
    if (joined.p95 >= barSecs) process.exitCode = 1;
  }
  printTable(rows);
} finally {
  await media[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
}

async function measured(work: () => Promise<void>): Promise<{ p50: number; p95: number }> {
  const figures: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const begin = performance.now();
    await work();
    figures.push((performance.now() - begin) / 1000);
  }
  return { p50: percentile(figures, 50), p95: percentile(figures, 95) };
}

async function copyAll(paths: readonly string[], to: string): Promise<void> {
  await rm(to, { force: true });
  for (const path of paths) await pipeline(createReadStream(path), createWriteStream(to, { flags: "a" }));
  await flushed(to);
}

async function flushed(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
