import type { Page, Route } from "playwright-core";
import { ask, eventually, importWorkflow, jobReaches, resumeQueue, submitJob, unique } from "./support/api.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { cuttableSocket } from "./support/cuttable-socket.ts";
import { failing, sleeping, textToImage } from "./support/graphs.ts";

const hour = 3_600_000;

describeInBrowser("the queue under changes and failures", () => {
  const tabs = useBrowser();
  afterEach(resumeQueue);

  test("what is unfolded, selected and in focus stays so while jobs come in and end", async () => {
    const name = unique("steady");
    const workflow = await importWorkflow(unique("steady"), sleeping(hour));
    const kept = await submitJob({ workflowId: workflow.id, name: `${name} kept`, tries: 2 });
    const page = await tabs.open(queueOf(name));
    await page.getByRole("checkbox", { name: `Select ${kept.name}` }).click();
    const fold = page.getByRole("button", { name: `Unfold ${kept.name}` });
    await fold.click();
    await page.getByRole("link", { name: "Job details" }).waitFor();

    const quick = await importWorkflow(unique("steady"), sleeping(0));
    for (const letter of ["a", "b", "c"]) {
      const job = await submitJob({ workflowId: quick.id, name: `${name} ${letter}` });
      await page.getByRole("link", { name: job.name, exact: true }).waitFor();
    }
    await page.getByRole("toolbar", { name: "Selected jobs" }).getByText("1 job selected").waitFor();
    await page.getByRole("link", { name: "Job details" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(`Fold ${kept.name}`);
    await cancel(page, kept.name);
    await jobReaches(kept.id, "CANCELED");
    await page.getByRole("link", { name: "Job details" }).waitFor();
  });

  test("of a long queue only what is in sight is in the document, and the last job can be reached", async () => {
    const name = unique("long");
    await ask("mutation { pauseQueue(input: {}) { __typename } }");
    const workflow = await importWorkflow(unique("long"), sleeping(0));
    const jobs = [];
    for (let n = 0; n < 120; n += 1)
      jobs.push(await submitJob({ workflowId: workflow.id, name: `${name} ${String(n).padStart(3, "0")}` }));
    const page = await tabs.open(`${queueOf(name)}&sort=newest`);
    await page.getByRole("link", { name: jobs.at(-1)?.name ?? "", exact: true }).waitFor();
    const oldest = page.getByRole("link", { name: jobs[0]?.name ?? "", exact: true });
    await eventually(async () => {
      await page.mouse.move(700, 450);
      await page.mouse.wheel(0, 4_000);
      expect(await oldest.isVisible()).toBe(true);
    });
    expect(await page.getByRole("list", { name: "Jobs" }).getByRole("listitem").count()).toBeLessThan(60);

    // Something new at the head does not move what one looks at.
    const before = await oldest.boundingBox();
    await submitJob({ workflowId: workflow.id, name: `${name} newest` });
    await page.getByRole("button", { name: /^Pending 1?\d\d$/ }).waitFor();
    expect((await oldest.boundingBox())?.y).toBe(before?.y);
    const { systemStatus } = await ask<{ systemStatus: { pending: number } }>("{ systemStatus { pending } }");
    const input = { expectedCount: systemStatus.pending };
    await ask("mutation ($input: ClearQueueInput!) { clearQueue(input: $input) { __typename } }", { input });
  });

  test("after a loss of the live connection what is open is read again once", async () => {
    const workflow = await importWorkflow(unique("away"), sleeping(0));
    const job = await submitJob({ workflowId: workflow.id, name: unique("away") });
    await jobReaches(job.id, "SUCCEEDED");
    const page = await tabs.open();
    const line = await cuttableSocket(page);
    let reads = 0;
    // Of a job that has ended nothing is told: only the return of the connection is a reason to read.
    await page.route("**/graphql", async (route) => {
      if (operationOf(route) === "JobDetail") reads += 1;
      await route.continue();
    });
    await page.goto(`/jobs/${encodeURIComponent(job.id)}`);
    await page.getByRole("button", { name: "Unfold run 1" }).waitFor();
    await eventually(async () => expect(line.open()).toBeGreaterThan(0));
    const banner = page.getByText("Live updates are interrupted", { exact: false });
    line.cut();
    await banner.waitFor();
    const before = reads;
    line.mend();
    await banner.waitFor({ state: "hidden" });
    await eventually(async () => expect(reads).toBeGreaterThan(before));
    await page.waitForLoadState("networkidle");
    expect(reads).toBe(before + 1);
  });

  test("when the server fails at one panel, the others work, and trying again fills it", async () => {
    const workflow = await importWorkflow(unique("half"), textToImage({ steps: 1 }));
    const job = await submitJob({ workflowId: workflow.id, name: unique("half") });
    await jobReaches(job.id, "SUCCEEDED");
    tabs.allow(/500/);
    const page = await tabs.open();
    let isBroken = true;
    await page.route("**/graphql", (route) =>
      isBroken && operationOf(route) === "JobResults"
        ? route.fulfill({ status: 500, body: "Internal Server Error" })
        : route.continue(),
    );
    await page.goto(`/jobs/${encodeURIComponent(job.id)}`);
    const again = page.getByRole("button", { name: "Try again" });
    await again.waitFor();
    await page.getByRole("button", { name: "Unfold run 1" }).click();
    await page.getByRole("button", { name: "Copy run id" }).waitFor();
    isBroken = false;
    await again.click();
    await page.getByRole("list", { name: "Results" }).getByRole("button").waitFor();
  });

  test("while the answer is slow there is the shape of it", async () => {
    const workflow = await importWorkflow(unique("slow"), sleeping(0));
    const job = await submitJob({ workflowId: workflow.id, name: unique("slow") });
    const page = await tabs.open();
    const held: Route[] = [];
    let holds = true;
    await page.route("**/graphql", async (route) => {
      if (holds && operationOf(route) === "Queue") held.push(route);
      else await route.continue();
    });
    await page.goto(queueOf(job.name));
    await page.getByRole("main").getByText("Loading").waitFor();
    // What does not wait for it can be used.
    await page.getByRole("button", { name: /^Failed/ }).click();
    await page.getByRole("button", { name: /^Failed/ }).click();
    holds = false;
    await Promise.all(held.map((route) => route.continue()));
    await page.getByRole("link", { name: job.name, exact: true }).waitFor();
    await page.getByRole("main").getByText("Loading").waitFor({ state: "hidden" });
  });

  test("with the keyboard alone a failed run is found, read and tried again", async () => {
    const message = unique("the lens cap is on");
    const workflow = await importWorkflow(unique("keys"), failing(message));
    const job = await submitJob({ workflowId: workflow.id, name: unique("keys") });
    await jobReaches(job.id, "FAILED");
    const page = await tabs.open("/");
    await tabTo(page, "Search jobs");
    await page.keyboard.type(job.name);
    await page.getByRole("button", { name: `Unfold ${job.name}` }).waitFor();
    await tabTo(page, `Unfold ${job.name}`);
    await page.keyboard.press("Enter");
    await page.getByText(message).waitFor();
    await tabTo(page, `Actions for ${job.name}`);
    await page.keyboard.press("Enter");
    const retry = page.getByRole("menuitem", { name: "Retry 1 run" });
    await retry.waitFor();
    while (!(await retry.evaluate((item) => item === document.activeElement))) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("1 run queued again").waitFor();
  });

  test("on a phone jobs are selected, cleared and looked into", async () => {
    const message = unique("the lens cap is on");
    const workflow = await importWorkflow(unique("phone"), failing(message));
    const job = await submitJob({ workflowId: workflow.id, name: unique("phone") });
    await jobReaches(job.id, "FAILED");
    for (const colorScheme of ["dark", "light"] as const) {
      const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme };
      const page = await tabs.open(queueOf(job.name), phone);
      await page.getByRole("checkbox", { name: `Select ${job.name}` }).tap();
      await page.getByRole("toolbar", { name: "Selected jobs" }).getByRole("button", { name: "Retry 1 run" }).waitFor();
      await page.screenshot({ path: `${screenshots}/queue-selected-390-${colorScheme}.png` });
      await page.goto(`/jobs/${encodeURIComponent(job.id)}`);
      await page.getByRole("button", { name: "Unfold run 1" }).tap();
      await page.getByRole("button", { name: "Log", exact: true }).tap();
      await page.getByRole("log").getByText(message, { exact: false }).first().waitFor();
      await page.getByRole("log").scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${screenshots}/job-log-390-${colorScheme}.png` });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
  });

  test("a job that runs shows its latest preview frame", async () => {
    const workflow = await importWorkflow(unique("preview"), textToImage({ steps: 400 }));
    const job = await submitJob({ workflowId: workflow.id, name: unique("preview") });
    const page = await tabs.open(queueOf(job.name));
    await page.getByRole("img", { name: "Latest preview" }).waitFor();
    await page.screenshot({ path: `${screenshots}/queue-preview.png` });
    await cancel(page, job.name);
    await jobReaches(job.id, "CANCELED");
    await page.getByRole("img", { name: "Latest preview" }).waitFor({ state: "hidden" });
  });

  async function cancel(page: Page, name: string) {
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: "Cancel…" }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: /^Cancel \d runs?$/ })
      .click();
  }
});

const queueOf = (name: string) => `/?q=${encodeURIComponent(name)}`;

/** The name of the operation that a request to the API is for. */
const operationOf = (route: Route) =>
  (route.request().postDataJSON() as { operationName?: string } | null)?.operationName;

/** Presses Tab until the focus is on what has this name. @throws when it is not come by */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))) === label) return;
  }
  throw new Error(`Tab does not come to "${label}"`);
}
