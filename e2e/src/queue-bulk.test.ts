import type { Page } from "playwright-core";
import { ask, eventually, importWorkflow, jobReaches, resumeQueue, submitJob, unique } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { failing, sleeping } from "./support/graphs.ts";

const hour = 3_600_000;

describeInBrowser("many jobs at once", () => {
  const tabs = useBrowser();
  afterEach(resumeQueue);

  test("several are canceled and tried again, with what will happen said first", async () => {
    const name = unique("batch");
    const jobs = [];
    for (const letter of ["a", "b", "c"]) jobs.push(await submit(`${name} ${letter}`, sleeping(hour), 2));
    const page = await tabs.open(`/?q=${encodeURIComponent(name)}`);
    for (const job of jobs) await page.getByRole("checkbox", { name: `Select ${job.name}` }).waitFor();
    // A range, with Shift held.
    const boxes = page.getByRole("checkbox", { name: /^Select / });
    await boxes.nth(0).click();
    await boxes.nth(2).click({ modifiers: ["Shift"] });
    const bar = page.getByRole("toolbar", { name: "Selected jobs" });
    await bar.getByText("3 jobs selected").waitFor();

    await bar.getByRole("button", { name: "Priority…" }).click();
    await page.getByLabel("Priority", { exact: true }).fill("7");
    await page.getByRole("button", { name: "Set priority" }).click();
    await page.getByText("Priority 7").first().waitFor();

    await bar.getByRole("button", { name: "Cancel…" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText("Cancel 6 runs of 3 jobs?").waitFor();
    await dialog.getByRole("button", { name: "Cancel 6 runs" }).click();
    for (const job of jobs) await jobReaches(job.id, "CANCELED");
    // What was selected stays selected, and shows what is so now.
    await bar.getByRole("button", { name: "Retry 6 runs" }).click();
    await page.getByText("6 runs queued again").waitFor();
    await bar.getByRole("button", { name: "Cancel…" }).click();
    await dialog.getByRole("button", { name: "Cancel 6 runs" }).click();
    for (const job of jobs) await jobReaches(job.id, "CANCELED");
    await bar.getByRole("button", { name: "Select none" }).click();
    await bar.waitFor({ state: "hidden" });
  });

  test("a run's log tells why it failed, and goes on while one looks", async () => {
    const message = unique("the lens cap is on");
    const job = await submit(unique("logged"), failing(message), 1);
    await jobReaches(job.id, "FAILED");
    const page = await tabs.open(`/jobs/${encodeURIComponent(job.id)}`);
    await page.getByRole("button", { name: "Unfold run 1" }).click();
    await page.getByRole("button", { name: "Log", exact: true }).click();
    const log = page.getByRole("log");
    await log.getByText(message, { exact: false }).first().waitFor();
    expect(await log.getByText("#2").count()).toBe(0);
    await page.getByRole("button", { name: "Retry run 1" }).click();
    await log.getByText("#2").first().waitFor();
  });

  test("a long log stays at its end while one looks at that, and gives earlier lines where one scrolls up", async () => {
    const job = await submit(unique("long"), sleeping(0), 1, unique("nobody").replace(" ", "-"));
    const change = (name: string, input: string) =>
      ask(`mutation ($id: ID!) { ${name}(input: { id: $id ${input} }) { __typename } }`, { id: job.id });
    const again = async () => {
      await change("cancelJob", "mode: NOW");
      await change("retryJob", "");
    };
    for (let attempt = 1; attempt <= 120; attempt += 1) await again();
    const page = await tabs.open(`/jobs/${encodeURIComponent(job.id)}`);
    await page.getByRole("button", { name: "Unfold run 1" }).click();
    await page.getByRole("button", { name: "Log", exact: true }).click();
    const log = page.getByRole("log");
    const line = (attempt: number) => log.getByText(`#${attempt}`, { exact: true }).first();
    const isInSight = async (attempt: number) => {
      // A line that is gone from sight again is not waited for.
      const [frame, box] = [await log.boundingBox(), await line(attempt).boundingBox({ timeout: 1_000 })];
      expect(frame && box && box.y >= frame.y - 1 && box.y + box.height <= frame.y + frame.height + 1).toBe(true);
    };
    await eventually(() => isInSight(121));
    await again();
    await eventually(() => isInSight(122));
    // Up to the first line, page by page; only what is in sight is in the document.
    await log.focus();
    await eventually(async () => {
      await page.keyboard.press("Home");
      expect(await line(2).count()).toBe(1);
      // Lines that came since the key keep what was in sight where it was.
      await isInSight(2);
    });
    expect(await log.getByRole("listitem").count()).toBeLessThan(60);
    await again();
    await page.getByText("attempt 123").first().waitFor();
    await isInSight(2);
    await page.keyboard.press("End");
    await eventually(() => isInSight(123));
    expect(await accessibilityIssues(page)).toEqual([]);
    await change("cancelJob", "mode: NOW");
  });

  test("the queue is cleared only of as many as were seen", async () => {
    const name = unique("cleared");
    const page = await tabs.open(`/?q=${encodeURIComponent(name)}`);
    // They wait for a machine that there is not: a paused queue would hold back what others test, and lose it here.
    const pool = unique("nobody").replace(" ", "-");
    const job = await submit(name, sleeping(0), 3, pool);
    await card(page, job.name).getByText("Pending").waitFor();
    await page.getByRole("button", { name: "Clear…" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText(/^Cancel (the run that waits|all \d+ runs that wait)\?$/).waitFor();
    const later = await submit(`${name} later`, sleeping(0), 1, pool);
    await dialog.getByRole("button", { name: /^Cancel \d+ runs?$/ }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByRole("button", { name: "Keep waiting" }).click();
    await card(page, later.name).waitFor();
    // Whoever else uses the queue at this moment may come between again.
    await eventually(async () => {
      await page.getByRole("button", { name: "Clear…" }).click();
      await dialog.getByRole("button", { name: /^Cancel \d+ runs?$/ }).click();
      const refused = dialog.getByRole("alert");
      await refused
        .or(page.getByText(/^\d+ runs? canceled$/))
        .first()
        .waitFor();
      if (!(await refused.isVisible())) return;
      await dialog.getByRole("button", { name: "Keep waiting" }).click();
      throw new Error("others came between each time");
    });
    for (const each of [job, later]) await jobReaches(each.id, "CANCELED");
  });

  const card = (page: Page, name: string) =>
    page.getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });

  async function submit(name: string, graph: object, tries: number, pool?: string) {
    const workflow = await importWorkflow(unique("bulk"), graph);
    return submitJob({ workflowId: workflow.id, name, tries, ...(pool && { pool }) });
  }
});
