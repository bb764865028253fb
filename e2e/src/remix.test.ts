import type { Page } from "playwright-core";
import {
  ask,
  createCharacter,
  createSceneType,
  eventually,
  generateTake,
  importWorkflow,
  jobReaches,
  outputsOf,
  submitJob,
  takeReaches,
  unique,
} from "./support/api.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { failing, imageToImage, textToImage } from "./support/graphs.ts";

describeInBrowser("a remix", () => {
  const tabs = useBrowser();
  const workspaces = (page: Page) =>
    page.getByRole("navigation", { name: "Workspaces" }).locator("button[aria-current]");
  const opened = (page: Page, name: string) =>
    workspaces(page).and(page.locator("[aria-current=true]")).getByText(`Remix of ${name}`).waitFor();

  test("opens an output's exact settings in a workspace of its own, from which the same is made again", async () => {
    const workflow = await importWorkflow(unique("remixed"), textToImage({ steps: 1 }));
    const job = await submitJob({
      workflowId: workflow.id,
      name: unique("heron"),
      params: { positive_prompt: "a heron in reeds", steps: 3 },
      seedMode: "FIXED",
      seed: "18446744073709551615",
      resolution: "640x384",
    });
    await jobReaches(job.id, "SUCCEEDED");
    const [output = ""] = await outputsOf(job.id);
    const page = await tabs.open(`/gallery?open=${encodeURIComponent(output)}`);
    await page.getByRole("dialog").getByRole("link", { name: "Remix", exact: true }).click();
    await opened(page, job.name);
    expect(await workspaces(page).count()).toBe(2);
    expect(await page.getByLabel("Positive Prompt 1").inputValue()).toBe("a heron in reeds");
    await value(page, "Steps", "3");
    expect(await page.getByLabel("Seed", { exact: true }).inputValue()).toBe("18446744073709551615");
    await value(page, "Width", "640");
    expect(page.url()).not.toContain("remix=");
    await page.screenshot({ path: `${screenshots}/remix.png` });
    await page.reload();
    await opened(page, job.name);
    expect(await workspaces(page).count()).toBe(2);
    await page.getByLabel("Positive Prompt 1").press("Control+Enter");
    const again = await newest(job.name, job.id);
    await jobReaches(again, "SUCCEEDED");
    expect(await graphOf(again)).toEqual(await graphOf(job.id));
  });

  test("of a run that failed is its retry with changes, with the file that it started from", async () => {
    const broken = await importWorkflow(unique("broken"), failing("no lantern"));
    const job = await submitJob({ workflowId: broken.id, name: unique("lantern") });
    await jobReaches(job.id, "FAILED");
    const page = await tabs.open(`/jobs/${encodeURIComponent(job.id)}`);
    await page.getByRole("link", { name: /^Retry with changes.*run 1$/ }).waitFor();
    await page.getByRole("link", { name: "Retry with changes", exact: true }).click();
    await opened(page, job.name);

    const first = await importWorkflow(unique("still"), textToImage({ steps: 1 }));
    const source = await submitJob({ workflowId: first.id, name: unique("source") });
    await jobReaches(source.id, "SUCCEEDED");
    const [assetId] = await outputsOf(source.id);
    const second = await importWorkflow(unique("from picture"), imageToImage());
    const made = await submitJob({ workflowId: second.id, name: unique("made"), inputs: [{ assetId }] });
    await jobReaches(made.id, "SUCCEEDED");
    await page.goto(`/jobs/${encodeURIComponent(made.id)}`);
    await page.getByRole("link", { name: "Remix", exact: true }).click();
    await opened(page, made.name);
    await page.getByRole("list", { name: "Input files" }).getByRole("listitem").waitFor();
    await page.getByText("Submits the dropped file.").waitFor();
  });

  test("of nothing that exists says so", async () => {
    const page = await tabs.open("/generate?remix=nothing");
    await page.getByText("These settings can't be opened").waitFor();
    await eventually(async () => expect(page.url()).not.toContain("remix="));
  });

  test("a take is run again exactly", async () => {
    const workflow = await importWorkflow(unique("again"), textToImage({ steps: 1 }));
    const sceneType = await createSceneType(unique("Pier"), workflow.id);
    const character = await createCharacter(unique("Ines"), {});
    const { take, job } = await generateTake({ sceneTypeId: sceneType.id, characterId: character.id });
    await takeReaches(take.id, "REVIEW");
    const [output = ""] = await outputsOf(job.id);
    const page = await tabs.open(`/gallery?open=${encodeURIComponent(output)}`);
    await page.getByRole("button", { name: "Run again exactly" }).click();
    await page.getByText("The same take is rendered again.").waitFor();
    await page.getByRole("link", { name: "Open its job" }).click();
    await page.waitForURL(/\/jobs\//);
    const id = decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? "");
    await jobReaches(id, "SUCCEEDED");
    expect(await graphOf(id)).toEqual(await graphOf(job.id));
  });

  async function value(page: Page, label: string, expected: string): Promise<void> {
    const field = page.locator("form").getByLabel(label, { exact: true }).first();
    await eventually(async () => expect(await field.inputValue()).toBe(expected));
  }

  /** The graph of the job's first run, without the prefix of its files. */
  async function graphOf(id: string): Promise<unknown> {
    const { job } = await ask<{ job: { runs: { nodes: { graph: object }[] } } }>(
      "query ($id: ID!) { job(id: $id) { runs(first: 1) { nodes { graph } } } }",
      { id },
    );
    const text = JSON.stringify(job.runs.nodes[0]?.graph, (key, each: unknown) =>
      key === "filename_prefix" ? "" : each,
    );
    return JSON.parse(text);
  }

  async function newest(name: string, other: string): Promise<string> {
    return eventually(async () => {
      const { jobs } = await ask<{ jobs: { nodes: { id: string }[] } }>(
        "query ($search: String) { jobs(first: 1, search: $search) { nodes { id } } }",
        { search: name },
      );
      const id = jobs.nodes[0]?.id;
      if (!id || id === other) throw new Error("nothing new was submitted");
      return id;
    });
  }
});
