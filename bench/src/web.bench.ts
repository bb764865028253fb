import { loadavg } from "node:os";
import { chromium, type Locator } from "playwright-core";
import { findChromium } from "../../e2e/src/support/chromium.mjs";
import { percentile, printTable, round, startBenchPostgres } from "./support.ts";
import { startWebStudio } from "./web-studio.ts";
import { type BenchWindow, openWindow } from "./web-window.ts";

/**
 * The web client as it is shipped, in Chromium: scripts by route; the queue page with 5,000 jobs of which 50 report progress, against
 * a page of the same client that shows nothing.
 * Usage: npm run bench -- web [jobs] [seconds of watching] [rounds of each kind of input]
 */
const jobs = Number(process.argv[2] ?? 5_000);
const seconds = Number(process.argv[3] ?? 20);
const rounds = Number(process.argv[4] ?? 30);
const running = 50;

const emptyPage = { path: "/nothing-is-here", content: "h1" };
const queuePage = { path: "/", content: "main li input[type=checkbox], main li [role=checkbox]" };

const executablePath = findChromium();
if (!executablePath) throw new Error("No Chromium: install one, or give its path in CHROMIUM_PATH.");
const postgres = await startBenchPostgres();
const studio = await startWebStudio(jobs, running);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
console.error(
  `load of the machine: ${loadavg()
    .map((load) => round(load, 1))
    .join(" ")}`,
);

printTable(await measureScripts());
const stop = studio.report();
printTable([await measurePage("an empty page", emptyPage), await measurePage("the queue", queuePage)]);
{
  await using tab = await openWindow(browser, studio.url + queuePage.path, queuePage.content);
  await tab.loaded();
  printTable(await measureInputs(tab, "at the top"));
  // Without the filters that the inputs have left.
  await tab.page.goto(studio.url + queuePage.path);
  await tab.loaded();
  printTable([await measureScroll(tab)]);
  printTable([await watch("the queue, all loaded", tab)]);
  printTable(await measureInputs(tab, "all loaded"));
}
await stop();
await browser.close();
await studio[Symbol.asyncDispose]();
await postgres.stop();

async function measureScripts() {
  const id = encodeURIComponent(studio.workflowId);
  const paths = [emptyPage.path, "/", "/generate", "/gallery", "/workflows", `/workflows/${id}`, "/scene-types"];
  const rows: Record<string, string | number>[] = [];
  for (const path of [...paths, "/characters", "/fragments", "/libraries", "/comparisons", "/machines"]) {
    await using tab = await openWindow(browser, studio.url + path, "h1");
    await tab.loaded();
    const kB = (await tab.scriptBytes()) / 1_000;
    rows.push({ route: path.replace(id, "[id]"), "JS kB, gzipped": round(kB, 0) });
  }
  const empty = Number(rows[0]?.["JS kB, gzipped"]);
  return rows.map((row) => ({ ...row, "over the empty page": round(Number(row["JS kB, gzipped"]) - empty, 0) }));
}

/** Opened three times, the middle one counts; then watched while runs report. */
async function measurePage(what: string, { path, content }: typeof queuePage) {
  const loads: { painted: number; interactive: number }[] = [];
  for (let n = 0; n < 5; n += 1) {
    await using tab = await openWindow(browser, studio.url + path, content);
    loads.push(await tab.loaded());
  }
  await using tab = await openWindow(browser, studio.url + path, content);
  await tab.loaded();
  const middle = (figures: number[]): number => round(percentile(figures, 50), 0);
  return {
    ...(await watch(what, tab)),
    "painted ms": middle(loads.map(({ painted }) => painted)),
    "interactive ms": middle(loads.map(({ interactive }) => interactive)),
  };
}

async function watch(what: string, tab: BenchWindow) {
  const { count, longest, busy } = await tab.during(() => pause(seconds * 1_000));
  return {
    what,
    [`tasks > 50 ms in ${seconds} s`]: count,
    "longest ms": round(longest, 0),
    "main thread busy": `${round(busy * 100, 0)} %`,
    "heap MB": round((await tab.heapBytes()) / 1e6, 1),
  };
}

/** Down to the last job, as by a wheel that never rests; at the end of what is loaded it waits for more. */
async function measureScroll(tab: BenchWindow) {
  const { page } = tab;
  const perFrame = 150;
  const stillMs = 10_000;
  let waited = 0;
  const begin = performance.now();
  const tasks = await tab.during(async () => {
    waited = await page.evaluate(
      ([step, patience]) =>
        new Promise<number>((resolve) => {
          window.bench.watchRows = true;
          let [still, waitedMs, last] = [0, 0, performance.now()];
          const go = (): void => {
            const [before, now] = [scrollY, performance.now()];
            scrollBy({ top: step, behavior: "instant" });
            still = scrollY > before ? 0 : still + now - last;
            if (still > 0) waitedMs += now - last;
            last = now;
            if (still > patience) {
              window.bench.watchRows = false;
              resolve(waitedMs - still);
            } else requestAnimationFrame(go);
          };
          go();
        }),
      [perFrame, stillMs] as const,
    );
  });
  const took = performance.now() - begin - stillMs;
  const { frames, blankFrames } = await tab.notes();
  const [pixels, rows] = await page.evaluate(() => [scrollY, document.querySelectorAll("main li").length] as const);
  return {
    what: "scroll to the end",
    pixels,
    s: round(took / 1_000, 1),
    "of it waiting for pages, s": round(waited / 1_000, 1),
    "rows in the document": rows,
    frames,
    "with a blank row": blankFrames,
    "tasks > 50 ms": tasks.count,
    "longest ms": round(tasks.longest, 0),
  };
}

/** From the press to the next paint, as the browser tells it; what it does not tell took less than 16 ms. */
async function measureInputs(tab: BenchWindow, where: string) {
  const { page } = tab;
  const search = page.getByLabel("Search jobs");
  const kinds: Record<string, (n: number) => Promise<void>> = {
    "expand a row": async (n) => (await inSight(page.getByRole("button", { name: /^(Unfold|Fold) Shot/ }), n)).click(),
    "tick a box": async (n) => (await inSight(page.getByRole("checkbox", { name: /^Select / }), n)).click(),
    "a letter into the search": (n) => (n % 8 === 7 ? search.fill("") : search.press("lantern"[n % 7] ?? "a")),
    "switch a chip": (n) => page.getByRole("button", { name: n % 4 < 2 ? /^Failed/ : /^Pending/ }).click(),
  };
  const rows: Record<string, string | number>[] = [];
  const all: number[] = [];
  for (const [what, act] of Object.entries(kinds)) {
    const took: number[] = [];
    for (let n = 0; n < rounds; n += 1) {
      const before = (await tab.notes()).inputs.length;
      await act(n);
      await pause(150);
      took.push(Math.max(16, ...(await tab.notes()).inputs.slice(before).map(({ ms }) => ms)));
    }
    rows.push({ input: `${what}, ${where}`, ...latency(took) });
    all.push(...took);
    if (what === "a letter into the search") await search.fill("");
  }
  return [...rows, { input: `all, ${where}`, ...latency(all) }];
}

/** The n-th of what is wholly in the window: anything else would be scrolled to first. */
async function inSight(all: Locator, n: number): Promise<Locator> {
  const places = await all.evaluateAll((elements) =>
    elements.flatMap((element, index) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top > 150 && bottom < innerHeight - 150 ? [index] : [];
    }),
  );
  return all.nth(places[n % places.length] ?? 0);
}

function latency(figures: number[]) {
  return {
    "p50 ms": round(percentile(figures, 50), 0),
    "p95 ms": round(percentile(figures, 95), 0),
    "max ms": round(Math.max(...figures), 0),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
