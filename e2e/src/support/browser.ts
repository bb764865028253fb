import { fileURLToPath } from "node:url";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Request,
} from "playwright-core";
import { webUrl } from "./api.ts";
import { findChromium } from "./chromium.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** A run that ends takes its preview along, perhaps right before a page asks for it. */
const endedPreview = /404.*\/previews\//;
/** Not kept in Git. */
export const screenshots = fileURLToPath(new URL("../../screenshots", import.meta.url));
/** Where nobody looks at them, tests take no pictures but of windows that failed. */
const takesPictures = !process.env["CI"];
/** How long anything on a page may take, in ms: generous, for two busy cores. */
const patienceMs = 45_000;

/** A suite that needs a browser; skipped where there is none, as the start of the run has said. */
export const describeInBrowser = findChromium() ? describe : describe.skip;

export interface Tabs {
  /** A window of its own profile, at `path` unless told otherwise. */
  open: (path?: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Messages that the next check shall not count, such as the browser's own about an answer with an error status. */
  allow: (message: RegExp) => void;
}

/**
 * A browser for the tests of one suite. After each test its windows are closed, and it fails if a page logged an error,
 * threw one, or asked a host other than the studio for anything.
 */
export function useBrowser(): Tabs {
  let browser: Browser;
  let contexts: BrowserContext[] = [];
  let problems: string[] = [];
  let allowed: RegExp[] = [];
  const unanswered = new Map<Request, number>();

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium() ?? "", args: flags });
  });
  afterAll(async () => {
    await browser?.close();
  });
  afterEach(async () => {
    for (const [request, since] of unanswered) {
      const seconds = Math.round((Date.now() - since) / 1000);
      if (seconds >= 30)
        problems.push(`no answer for ${seconds} s: ${request.url()} ${request.postData()?.slice(0, 80) ?? ""}`);
    }
    const seen = problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem)));
    const hasFailed = seen.length > 0 || expect.getState()["hasFailed"] === true;
    if (hasFailed) await Promise.all(contexts.flatMap((context) => context.pages()).map(keepPicture));
    await Promise.all(contexts.map((context) => context.close()));
    // A window that closes says nothing of what it still waited for, which is no matter of the next test.
    unanswered.clear();
    contexts = [];
    problems = [];
    allowed = [];
    expect(seen).toEqual([]);
  });

  /** How a test that has failed left its windows: the first thing to look at. */
  const keepPicture = async (page: Page, index: number) => {
    const name = (expect.getState().currentTestName ?? "test").replace(/[^a-z0-9]+/gi, "-").slice(0, 100);
    // Its own again, where it takes none.
    delete (page as Partial<Page>).screenshot;
    await page.screenshot({ path: `${screenshots}/last/${name}-${index + 1}.png` }).catch(() => undefined);
  };
  const watch = (page: Page) => {
    page.on("console", (message) => {
      const text = `${message.text()} ${message.location().url}`;
      if (message.type() === "error" && !endedPreview.test(text)) problems.push(`console: ${text}`);
    });
    page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
    page.on("requestfinished", (request) => unanswered.delete(request));
    page.on("requestfailed", (request) => unanswered.delete(request));
    // The script of a worker is answered to the worker, of which the page only hears that it has started.
    page.on("worker", (worker) => {
      const [script] = worker.url().split("#");
      for (const request of unanswered.keys()) if (request.url().split("#")[0] === script) unanswered.delete(request);
    });
    page.on("request", (request) => {
      unanswered.set(request, Date.now());
      const { protocol, hostname } = new URL(request.url());
      if (/^https?:$/.test(protocol) && hostname !== "localhost") problems.push(`foreign host: ${request.url()}`);
    });
    page.on("websocket", (socket) => {
      if (new URL(socket.url()).hostname !== "localhost") problems.push(`foreign host: ${socket.url()}`);
    });
  };
  return {
    open: async (path, options = {}) => {
      const context = await browser.newContext({
        baseURL: webUrl,
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      contexts.push(context);
      context.setDefaultTimeout(patienceMs);
      // The loader of the tests wraps functions that have a name with this one, also those that run in the page.
      await context.addInitScript("globalThis.__name ??= (target) => target");
      const page = await context.newPage();
      watch(page);
      waitsForReact(page);
      if (!takesPictures) page.screenshot = () => Promise.resolve(Buffer.alloc(0));
      if (path !== undefined) await page.goto(path);
      return page;
    },
    allow: (message) => void allowed.push(message),
  };
}

/** What the server has rendered can be seen before it takes clicks and keys: going to a page waits until it does. */
function waitsForReact(page: Page): void {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  const isTakenOver = () =>
    page.waitForFunction(() => {
      const main = document.querySelector("main");
      const parts = main ? [main, ...main.querySelectorAll(":scope > :not(template, script)")] : [];
      return parts.every((part) => Object.keys(part).some((key) => key.startsWith("__reactFiber")));
    });
  page.goto = async (...given) => {
    const response = await goto(...given);
    await isTakenOver();
    return response;
  };
  page.reload = async (...given) => {
    const response = await reload(...given);
    await isTakenOver();
    return response;
  };
}
