import { ask, importWorkflow, type ImportedWorkflow, jobReaches, submitJob, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { sleeping, textToImage } from "./support/graphs.ts";

describeInBrowser("notifications", () => {
  const tabs = useBrowser();
  let workflow: ImportedWorkflow;
  beforeAll(async () => {
    workflow = await importWorkflow(unique("told"), textToImage({ steps: 1 }));
  });
  const generate = `/generate?workflow=`;
  const hold = (id: string) => ask("mutation ($id: ID!) { pauseJob(input: { id: $id }) { __typename } }", { id });
  const release = (id: string) => ask("mutation ($id: ID!) { resumeJob(input: { id: $id }) { __typename } }", { id });

  test("a job that was submitted here is told when it ends, and is new in the list until it was seen", async () => {
    // Long enough that somebody may look at something else meanwhile.
    const long = await importWorkflow(unique("long"), sleeping(6_000));
    const page = await tabs.open(`${generate}${encodeURIComponent(long.id)}`);
    const name = unique("Lantern");
    await page.getByLabel("Job name").fill(name);
    await page.getByRole("button", { name: /^Generate 1 run/ }).click();
    await page.getByText(`${name} is done`).waitFor();
    await page.getByRole("button", { name: "Notifications, 1 new" }).click();
    const list = page.getByRole("dialog", { name: "Notifications" });
    await list.getByText("1 of 1 done").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Notifications", exact: true }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Notifications", exact: true }).click();
    await list.getByRole("link", { name }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();
  });

  test("somebody else's job is watched by its eye, also while the page is not open", async () => {
    const name = unique("Harbour");
    const job = await submitJob({ workflowId: workflow.id, name, pool: "nobody-works-here" });
    const page = await tabs.open(`/jobs/${encodeURIComponent(job.id)}`);
    const eye = page.getByRole("button", { name: /^Watch/ });
    await eye.click();
    await page.getByRole("button", { name: "Watched", pressed: true }).waitFor();
    await page.goto("about:blank");
    await ask("mutation ($id: ID!) { cancelJob(input: { id: $id, mode: NOW }) { __typename } }", { id: job.id });
    await jobReaches(job.id, "CANCELED");
    await page.goto("/machines");
    await page.getByText(`${name} was canceled`).waitFor();
    await page.getByRole("button", { name: "Notifications, 1 new" }).waitFor();
  });

  test("watching is taken back, switched off for one's own, and damaged storage is no matter", async () => {
    const job = await submitJob({ workflowId: workflow.id, name: unique("Pier"), pool: "nobody-works-here" });
    await hold(job.id);
    const page = await tabs.open(`/?q=${encodeURIComponent(job.name)}`);
    await page.evaluate(() => localStorage.setItem("callsheet.notifications", '{"version":1,"notes":[{"at":7}],"wat'));
    await page.reload();
    const row = page.getByRole("button", { name: `Actions for ${job.name}` });
    await row.click();
    await page.getByRole("menuitem", { name: /^Watch: / }).click();
    await page.getByRole("button", { name: "Notifications", exact: true }).click();
    const list = page.getByRole("dialog", { name: "Notifications" });
    await list.getByRole("button", { name: `Stop watching ${job.name}` }).click();
    await list.getByText("Waiting for").waitFor({ state: "hidden" });
    await list.getByRole("checkbox", { name: "Watch the jobs that I submit here" }).click();
    await page.goto(`${generate}${encodeURIComponent(workflow.id)}`);
    await page.getByRole("button", { name: /^Generate 1 run/ }).click();
    await page.getByText("Queued 1 run").waitFor();
    const watched = await page.evaluate(() => localStorage.getItem("callsheet.notifications") ?? "");
    expect(JSON.parse(watched)).toMatchObject({ watched: [], watchesOwn: false });
    await release(job.id);
    await ask("mutation ($id: ID!) { cancelJob(input: { id: $id, mode: NOW }) { __typename } }", { id: job.id });
  });

  test("the browser is asked only when somebody wants that, and tells while the page is out of sight", async () => {
    const page = await tabs.open(undefined, { permissions: [] });
    await page.addInitScript(() => {
      const shown: string[] = [];
      const asked: number[] = [];
      class Told extends EventTarget {
        static permission = localStorage.getItem("given") ?? "default";
        static requestPermission() {
          asked.push(1);
          localStorage.setItem("given", "granted");
          Told.permission = "granted";
          return Promise.resolve("granted");
        }
        constructor(title: string) {
          super();
          shown.push(title);
        }
      }
      Object.assign(window, { Notification: Told, shown, asked });
    });
    const read = (name: "shown" | "asked") =>
      page.evaluate((key) => (window as unknown as Record<string, unknown[]>)[key], name);
    await page.goto("/");
    await page.getByRole("button", { name: "Notifications", exact: true }).click();
    expect(await read("asked")).toEqual([]);
    await page.getByRole("checkbox", { name: /^Let the browser tell me/ }).click();
    await page.getByRole("checkbox", { name: /^Let the browser tell me/, checked: true }).waitFor();
    expect(await read("asked")).toHaveLength(1);

    const name = unique("Out of sight");
    const job = await submitJob({ workflowId: workflow.id, name, pool: "nobody-works-here" });
    await page.goto(`/jobs/${encodeURIComponent(job.id)}`);
    await page.getByRole("button", { name: /^Watch/ }).click();
    await page.getByRole("button", { name: "Watched", pressed: true }).waitFor();
    await page.evaluate(() => Object.defineProperty(document, "visibilityState", { value: "hidden" }));
    await ask("mutation ($id: ID!) { cancelJob(input: { id: $id, mode: NOW }) { __typename } }", { id: job.id });
    await page.waitForFunction(
      (title) => (window as unknown as { shown: string[] }).shown.includes(title),
      `${name} was canceled`,
    );
  });
});
