import type { Page } from "playwright-core";
import { importWorkflow, jobReaches, resumeQueue, submitJob, unique } from "./support/api.ts";
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

  test("the queue is cleared only of as many as were seen", async () => {
    const name = unique("cleared");
    const page = await tabs.open(`/?q=${encodeURIComponent(name)}`);
    await page.getByRole("button", { name: "Pause queue" }).click();
    await page.getByRole("button", { name: "Resume queue" }).waitFor();
    const job = await submit(name, sleeping(0), 3);
    await card(page, job.name).getByText("Pending").waitFor();
    await page.getByRole("button", { name: "Clear…" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText(/Cancel all \d+ runs that wait\?/).waitFor();
    const later = await submit(`${name} later`, sleeping(0), 1);
    await dialog.getByRole("button", { name: /^Cancel \d+ runs$/ }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByRole("button", { name: "Keep waiting" }).click();
    await card(page, later.name).waitFor();
    await page.getByRole("button", { name: "Clear…" }).click();
    await dialog.getByRole("button", { name: /^Cancel \d+ runs$/ }).click();
    for (const each of [job, later]) await jobReaches(each.id, "CANCELED");
  });

  const card = (page: Page, name: string) =>
    page.getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });

  async function submit(name: string, graph: object, tries: number) {
    const workflow = await importWorkflow(unique("bulk"), graph);
    return submitJob({ workflowId: workflow.id, name, tries });
  }
});
