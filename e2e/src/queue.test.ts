import type { Locator, Page } from "playwright-core";
import { ask, eventually, importWorkflow, jobReaches, resumeQueue, submitJob, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { cuttableSocket } from "./support/cuttable-socket.ts";
import { failing, sleeping, textToImage } from "./support/graphs.ts";

const hour = 3_600_000;

describeInBrowser("the queue", () => {
  const tabs = useBrowser();
  afterEach(resumeQueue);

  test("canceling names what will happen, and canceled runs can be queued again", async () => {
    const { job, page } = await openJob("long wait", sleeping(hour), 5);
    await page.getByRole("button", { name: `Actions for ${job.name}` }).click();
    await page.getByRole("menuitem", { name: "Cancel…" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText(`Cancel 5 runs of ${job.name}?`).waitFor();
    await dialog
      .getByText(/(\d pending will not start)?.*(\d running will be interrupted)?\./)
      .first()
      .waitFor();
    await dialog.getByRole("button", { name: "Cancel 5 runs" }).click();
    await page.getByText("0 of 5 done, 5 canceled").waitFor();

    await page.getByRole("button", { name: `Actions for ${job.name}` }).click();
    await page.getByRole("menuitem", { name: "Retry 5 runs" }).click();
    await page.getByText("5 runs queued again").waitFor();
    await page.getByText("0 of 5 done", { exact: true }).waitFor();

    await page.getByRole("button", { name: `Actions for ${job.name}` }).click();
    await page.getByRole("menuitem", { name: "Cancel…" }).click();
    await dialog.getByRole("button", { name: "Cancel 5 runs" }).click();
    await jobReaches(job.id, "CANCELED");
  });

  test("a failed run tells why, at which node, and can be tried again", async () => {
    const message = unique("the lens cap is on");
    const { job, page } = await openJob("failure", failing(message));
    await jobReaches(job.id, "FAILED");
    const runs = page.getByRole("list").filter({ has: page.getByRole("button", { name: "Unfold run 1" }) });
    await runs.getByText(message).first().waitFor();
    await runs.getByText(/SimulatorFail, node 2/).waitFor();
    await runs.getByRole("button", { name: "Retry run 1" }).click();
    await runs.getByText("attempt 2").first().waitFor();
    await runs.getByRole("button", { name: "Retry run 1" }).first().waitFor();
  });

  test("a paused queue starts nothing until it is resumed, and every window says so", async () => {
    const name = unique("held");
    const one = await tabs.open(queueOf(name));
    const other = await tabs.open(queueOf(name));
    await one.getByRole("button", { name: "Pause queue" }).click();
    await one.getByRole("contentinfo", { name: "Studio status" }).getByText("Queue paused").waitFor();
    await other.getByRole("contentinfo", { name: "Studio status" }).getByText("Queue paused").waitFor();

    const job = await submit(name, sleeping(0));
    for (const page of [one, other]) await card(page, job.name).getByText("Pending").waitFor();
    await other.getByRole("button", { name: "Resume queue" }).click();
    for (const page of [one, other]) await card(page, job.name).getByText("1 of 1 done").waitFor();
    await one.getByRole("button", { name: "Pause queue" }).waitFor();
  });

  test("search, status, order and unfolded jobs are in the address and survive a reload", async () => {
    const name = unique("findme");
    const failed = await submit(`${name} a`, failing("no film"));
    const done = await submit(`${name} b`, sleeping(0));
    await jobReaches(failed.id, "FAILED");
    await jobReaches(done.id, "SUCCEEDED");

    const page = await tabs.open("/");
    await page.getByLabel("Search jobs").fill(name);
    await card(page, done.name).waitFor();
    // What needs a person comes first, although it is older.
    expect(await jobNames(page, name)).toEqual([failed.name, done.name]);
    await page.getByLabel("Order").selectOption({ label: "Newest first" });
    await eventually(async () => expect(await jobNames(page, name)).toEqual([done.name, failed.name]));
    await page.getByRole("button", { name: /^Failed/ }).click();
    await card(page, done.name).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: `Unfold ${failed.name}` }).click();
    await page.getByRole("link", { name: "Job details" }).waitFor();

    await page.reload();
    await page.getByRole("link", { name: "Job details" }).waitFor();
    expect(await page.getByLabel("Search jobs").inputValue()).toBe(name);
    expect(await page.getByRole("button", { name: /^Failed/ }).getAttribute("aria-pressed")).toBe("true");
    expect(await page.getByLabel("Order").inputValue()).toBe("newest");
    expect(await jobNames(page, name)).toEqual([failed.name]);
  });

  test("two people see each other's changes without a reload", async () => {
    const name = unique("shared");
    const ana = await tabs.open(queueOf(name));
    const ben = await tabs.open(queueOf(name));
    const job = await submit(name, sleeping(hour), 2);
    await card(ana, job.name).waitFor();
    await card(ben, job.name).waitFor();
    await card(ana, job.name)
      .getByRole("button", { name: `Actions for ${job.name}` })
      .click();
    await ana.getByRole("menuitem", { name: "Cancel…" }).click();
    await ana
      .getByRole("alertdialog")
      .getByRole("button", { name: /^Cancel \d runs?$/ })
      .click();
    await card(ben, job.name).getByText("0 of 2 done, 2 canceled").waitFor();
    await card(ben, job.name).getByText("Canceled", { exact: true }).waitFor();
  });

  test("a lost connection is said, the page stays usable, and it catches up by itself", async () => {
    const name = unique("while away");
    const page = await tabs.open();
    const line = await cuttableSocket(page);
    await page.goto(queueOf(name));
    await page.getByText("No job matches").waitFor();
    await eventually(async () => expect(line.open()).toBeGreaterThan(0));

    line.cut();
    await page.getByText("Live updates are interrupted", { exact: false }).waitFor();
    const job = await submit(`${name} a`, textToImage({ steps: 1 }));
    await jobReaches(job.id, "SUCCEEDED");
    await page.getByRole("button", { name: "Show all jobs" }).click();
    await page.getByLabel("Search jobs").fill(name);

    line.mend();
    await page.getByText("Live updates are interrupted", { exact: false }).waitFor({ state: "hidden" });
    await card(page, job.name).getByText("1 of 1 done").waitFor();
    // Live again, not only read again.
    const next = await submit(`${name} b`, sleeping(0));
    await card(page, next.name).getByText("1 of 1 done").waitFor();
  });

  test("counts in the status bar follow the runs", async () => {
    const name = unique("counted");
    const page = await tabs.open(queueOf(name));
    const status = page.getByRole("contentinfo", { name: "Studio status" });
    const job = await submit(name, sleeping(hour), 8);
    await tells(status, [1, 1]);
    await card(page, job.name)
      .getByRole("button", { name: `Actions for ${job.name}` })
      .click();
    await page.getByRole("menuitem", { name: "Cancel…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel 8 runs" }).click();
    await jobReaches(job.id, "CANCELED");
    await tells(status, [0, 0]);
  });

  /** Waits until the status bar says what the API counts, which is at least so much: others may have left runs behind. */
  const tells = (status: Locator, [leastRunning, leastPending]: [number, number]) =>
    eventually(async () => {
      const { systemStatus } = await ask<{ systemStatus: { active: number; pending: number } }>(
        "{ systemStatus { active pending } }",
      );
      const { active, pending } = systemStatus;
      expect(active).toBeGreaterThanOrEqual(leastRunning);
      expect(pending).toBeGreaterThanOrEqual(leastPending);
      expect(await status.textContent()).toContain(`${active} running, ${pending} pending`);
    });

  async function submit(name: string, graph: object, tries = 1) {
    const workflow = await importWorkflow(unique("queue"), graph);
    return submitJob({ workflowId: workflow.id, name, tries });
  }

  async function openJob(name: string, graph: object, tries = 1) {
    const job = await submit(unique(name), graph, tries);
    const page = await tabs.open(`/jobs/${encodeURIComponent(job.id)}`);
    await page.getByRole("heading", { name: job.name, level: 1 }).waitFor();
    return { job, page };
  }
});

const card = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });

/** Names of the jobs on the page, top to bottom, of those that begin so. */
async function jobNames(page: Page, beginning: string): Promise<string[]> {
  const texts = await page.getByRole("listitem").getByRole("link").allTextContents();
  return texts.filter((text) => text.startsWith(beginning));
}

/** The queue, narrowed to jobs of this name. */
const queueOf = (name: string) => `/?q=${encodeURIComponent(name)}`;
