import { gzipSync } from "node:zlib";
import type { Browser, CDPSession, Page } from "playwright-core";

/** What the page notes about itself, put there before anything of it is loaded. */
interface Notes {
  tasks: { start: number; ms: number }[];
  inputs: { id: number; ms: number }[];
  /** When the content that counts was painted, in ms since the page was asked for. */
  painted: number | null;
  frames: number;
  blankFrames: number;
  /** Looks at every frame for rows in sight that are empty. */
  watchRows: boolean;
}

declare global {
  interface Window {
    bench: Notes;
  }
}

/** @param content selects what a person came for: its first paint is the meaningful one */
function observe(content: string): void {
  const notes: Notes = { tasks: [], inputs: [], painted: null, frames: 0, blankFrames: 0, watchRows: false };
  window.bench = notes;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) notes.tasks.push({ start: startTime, ms: duration });
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
      if (entry.interactionId) notes.inputs.push({ id: entry.interactionId, ms: entry.duration });
  }).observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  const look = (): void => {
    if (notes.painted === null && document.querySelector(content)) {
      notes.painted = -1;
      // What is in the document at a frame's beginning is on the screen when the task after it runs.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (notes.painted = performance.now());
      port2.postMessage(null);
    }
    if (notes.watchRows) {
      notes.frames += 1;
      const share = [0.3, 0.5, 0.7][notes.frames % 3] ?? 0.5;
      const row = document.elementFromPoint(innerWidth / 2, innerHeight * share)?.closest("main li");
      const isBlank = !row || row.childElementCount === 0;
      if (isBlank) notes.blankFrames += 1;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** A window of its own profile, with nothing in its cache. */
export interface BenchWindow extends AsyncDisposable {
  page: Page;
  /** Gzipped bytes of the scripts that were loaded so far. */
  scriptBytes(): Promise<number>;
  /** When the content was painted, and when nothing kept the page longer than 50 ms any more, in ms. */
  loaded(): Promise<{ painted: number; interactive: number }>;
  /** Long tasks while `work` is under way. */
  during(work: () => Promise<void>): Promise<{ count: number; longest: number; busy: number }>;
  notes(): Promise<Notes>;
  heapBytes(): Promise<number>;
}

export async function openWindow(browser: Browser, url: string, content: string): Promise<BenchWindow> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const scripts: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script")
      scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.addInitScript(observe, content);
  const cdp: CDPSession = await context.newCDPSession(page);
  await cdp.send("Performance.enable");
  await page.goto(url);
  const metric = async (name: string): Promise<number> =>
    (await cdp.send("Performance.getMetrics")).metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  const notes = (): Promise<Notes> => page.evaluate(() => window.bench);
  return {
    page,
    notes,
    scriptBytes: async () => (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0),
    loaded: async () => {
      // Quiet: a second without a long task.
      await page.waitForFunction(() => {
        const { painted, tasks } = window.bench;
        const last = tasks.at(-1);
        return (
          painted !== null &&
          painted > 0 &&
          performance.now() - Math.max(painted, last ? last.start + last.ms : 0) > 1_000
        );
      });
      const { painted, tasks } = await notes();
      const last = tasks.at(-1);
      return { painted: painted ?? 0, interactive: Math.max(painted ?? 0, last ? last.start + last.ms : 0) };
    },
    during: async (work) => {
      const before = { tasks: (await notes()).tasks.length, busy: await metric("TaskDuration"), at: performance.now() };
      await work();
      const tasks = (await notes()).tasks.slice(before.tasks);
      return {
        count: tasks.length,
        longest: Math.max(0, ...tasks.map(({ ms }) => ms)),
        busy: ((await metric("TaskDuration")) - before.busy) / ((performance.now() - before.at) / 1_000),
      };
    },
    heapBytes: async () => {
      await cdp.send("HeapProfiler.collectGarbage");
      return metric("JSHeapUsedSize");
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}
