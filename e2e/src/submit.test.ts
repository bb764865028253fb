import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ask, eventually, importWorkflow, inputsFolder, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { choose } from "./support/choose.ts";
import { dropFilesOn, pasteFile } from "./support/drop-file.ts";
import { imageToImage, textToImage } from "./support/graphs.ts";

/** One pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const address = (workflow: { id: string }) => `/generate?workflow=${encodeURIComponent(workflow.id)}`;

/** The positive prompts of a job's runs, by the file that each was made from. */
async function promptsByInput(name: string): Promise<Record<string, string>> {
  const { jobs } = await ask<{
    jobs: {
      nodes: {
        runs: {
          nodes: { inputAsset: { filename: string } | null; resolvedPrompts: { nodeId: string; text: string }[] }[];
        };
      }[];
    };
  }>(
    `query ($search: String!) { jobs(search: $search, first: 1) { nodes {
      runs(first: 50) { nodes { inputAsset { filename } resolvedPrompts { nodeId text } } } } } }`,
    { search: name },
  );
  const runs = jobs.nodes[0]?.runs.nodes ?? [];
  return Object.fromEntries(
    runs.map(({ inputAsset, resolvedPrompts }) => [
      inputAsset?.filename.split(/[ .]/)[0] ?? "",
      resolvedPrompts.find(({ nodeId }) => nodeId === "2")?.text ?? "",
    ]),
  );
}

describeInBrowser("the submit page", () => {
  const tabs = useBrowser();

  test("a run is chosen, written and sent with the keyboard alone", async () => {
    const workflow = await importWorkflow(unique("Keys"), textToImage({ steps: 1 }));
    const page = await tabs.open("/generate");
    await page.getByText("Its prompts and settings become the form here.").waitFor();
    await tabTo(page, workflow.name);
    await page.keyboard.press("Enter");
    await page.getByLabel("Positive Prompt 1").waitFor();
    await tabTo(page, "Positive Prompt 1");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("a ferry at night");
    await tabTo(page, "Tries");
    await page.keyboard.type("2");
    await page.keyboard.press("Control+Enter");
    const toast = page.getByText(/^Queued \d+ runs?$/);
    await toast.waitFor();
    // Nothing was cleared.
    expect(await page.getByLabel("Positive Prompt 1").inputValue()).toBe("a ferry at night");
    await page.keyboard.press("Alt+t");
    await tabTo(page, "Open job");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: workflow.name, level: 1 }).waitFor();
  });

  test("workspaces stand beside each other, each with its own form, and are there again after a reload", async () => {
    const [harbour, market] = [
      await importWorkflow(unique("Harbour"), textToImage()),
      await importWorkflow(unique("Market"), textToImage()),
    ];
    const page = await tabs.open(address(harbour));
    const prompt = page.getByLabel("Positive Prompt 1");
    await prompt.fill("first");
    for (const text of ["second", "third"]) {
      await page.getByRole("button", { name: "New workspace" }).click();
      await page.getByRole("button", { name: harbour.name }).click();
      // Defaults, whatever the others hold.
      expect(await prompt.inputValue()).toBe("a lighthouse at dusk");
      await prompt.fill(text);
    }
    // A, B, A: the values of A are back.
    await choose(page.getByLabel("Workflow", { exact: true }), market.name);
    await eventually(async () => expect(await prompt.inputValue()).toBe("a lighthouse at dusk"));
    await prompt.fill("market");
    await choose(page.getByLabel("Workflow", { exact: true }), harbour.name);
    await eventually(async () => expect(await prompt.inputValue()).toBe("third"));

    // Renamed and moved with the keyboard.
    await tab(page, "Workspace 3").press("F2");
    await page.getByLabel("Name of the workspace").fill("Close-ups");
    await page.keyboard.press("Enter");
    await tab(page, "Close-ups").press("Alt+ArrowLeft");
    await page.reload();
    await eventually(async () => expect(await names(page)).toEqual(["Workspace 1", "Close-ups", "Workspace 2"]));
    for (const [name, text] of Object.entries({
      "Workspace 1": "first",
      "Workspace 2": "second",
      "Close-ups": "third",
    })) {
      await tab(page, name).click();
      await eventually(async () => expect(await prompt.inputValue()).toBe(text));
    }

    // Closing shows the neighbour; the last one is replaced by a fresh one.
    await page.getByRole("button", { name: "Close Close-ups" }).click();
    await eventually(async () => expect(await prompt.inputValue()).toBe("second"));
    await page.getByRole("button", { name: "Undo" }).click();
    await eventually(async () => expect(await prompt.inputValue()).toBe("third"));
    await tab(page, "Close-ups").press("Delete");
    await page.getByRole("button", { name: "Close Workspace 2" }).click();
    await eventually(async () => expect(await prompt.inputValue()).toBe("first"));
    await page.getByRole("button", { name: "Close Workspace 1" }).click();
    await page.getByText("Its prompts and settings become the form here.").waitFor();
    expect(await names(page)).toEqual(["Workspace 1"]);
  });

  test("what the browser's storage holds never breaks the page", async () => {
    const workflow = await importWorkflow(unique("Damaged"), textToImage());
    const page = await tabs.open(address(workflow));
    await page.getByLabel("Positive Prompt 1").fill("kept");
    const stored = await page.evaluate(() => localStorage.getItem("callsheet.workspaces") ?? "");
    const reloadWith = async (text: string) => {
      // Written when the page has gone, which would otherwise have the last word.
      await page.goto("/machines");
      await page.evaluate((value) => localStorage.setItem("callsheet.workspaces", value), text);
      await page.goto("/generate");
    };
    for (const damaged of ["{{", "[]", '{"version":99}', '{"version":1,"list":[{"id":"x","drafts":7}]}']) {
      await reloadWith(damaged);
      await page.getByText("Its prompts and settings become the form here.").waitFor();
      expect(await names(page)).toHaveLength(1);
    }

    // A value of the wrong type gives way, one out of range goes to the end of the range; the others stay.
    const all = JSON.parse(stored) as { list: { drafts: Record<string, { values: object }>; workflows: object }[] };
    const draft = Object.values(all.list[0]?.drafts ?? {})[0];
    Object.assign(draft?.values ?? {}, { steps: "99999999", cfg: "much", gone: "3" });
    await reloadWith(JSON.stringify(all));
    const prompt = page.getByLabel("Positive Prompt 1");
    await eventually(async () => expect(await prompt.inputValue()).toBe("kept"));
    expect(await page.getByRole("spinbutton", { name: "Steps" }).inputValue()).toBe("10000");
    await page.getByText("1 run ready").waitFor();

    // A workflow that no longer belongs to the mode is explained, and there is nothing to submit.
    Object.assign(all.list[0] ?? {}, { mode: "IMAGE_TO_IMAGE", workflows: { IMAGE_TO_IMAGE: workflow.id } });
    await reloadWith(JSON.stringify(all));
    await page.getByText(`${workflow.name} does not fit Image to image`).waitFor();
    expect(await page.getByRole("button", { name: /^Generate/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Open in Text to image" }).click();
    await prompt.waitFor();

    await page.getByRole("button", { name: "Reset saved options" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Reset", exact: true }).click();
    await page.getByText("Its prompts and settings become the form here.").waitFor();
  });

  test("several files are dropped, one has a prompt of its own, and the folder waits for them", async () => {
    const folder = await inputFolder("waiting", "wide.png");
    const workflow = await importWorkflow(unique("Files"), imageToImage());
    const noon = `${unique("noon")}.png`;
    const page = await tabs.open(address(workflow));
    const directory = page.getByLabel("Folder of the server", { exact: true });
    await directory.fill(folder);
    await page.getByText("Submits 1 file of the folder.").waitFor();

    await dropFilesOn(page, page.locator("[data-takes-files]"), [
      { name: `${unique("dawn")}.png` },
      { name: noon },
      { name: `${unique("dusk")}.png` },
    ]);
    await page.getByText("Submits the 3 dropped files. The folder waits until they are cleared.").waitFor();
    expect(await directory.isDisabled()).toBe(true);
    await page.getByRole("list", { name: "Input files" }).locator("img").nth(2).waitFor();
    // The page's own drop target has not taken them for a workflow.
    expect(await page.getByText("Drop the workflow to import it").count()).toBe(0);

    await page.getByLabel("Positive Prompt 1", { exact: true }).fill("the pier");
    await page.getByRole("radio", { name: "Per file, else the shared one" }).click();
    await page.getByLabel(`Positive Prompt 1 of ${noon}`).fill("the pier in hard light");
    const name = unique("Three times of day");
    await page.getByLabel("Job name").fill(name);
    await page.getByText("3 runs ready").waitFor();
    await page.getByRole("button", { name: "Generate 3 runs" }).click();
    await page.getByText("Queued 3 runs").waitFor();
    expect(await promptsByInput(name)).toEqual({
      dawn: "the pier",
      noon: "the pier in hard light",
      dusk: "the pier",
    });

    // Dropped files are there after a reload; clearing them gives the folder back.
    await page.reload();
    await page.getByRole("list", { name: "Input files" }).locator("img").nth(2).waitFor();
    expect(await page.getByLabel(`Positive Prompt 1 of ${noon}`).inputValue()).toBe("the pier in hard light");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Submits 1 file of the folder.").waitFor();
    expect(await directory.isEnabled()).toBe(true);
  });

  test("a folder that is gone is said, and another is found by walking there", async () => {
    const gone = await inputFolder("gone", "a.png");
    const plates = await inputFolder("plates", "plate 1.png", "plate 2.png");
    const workflow = await importWorkflow(unique("Folder"), imageToImage());
    const page = await tabs.open(address(workflow));
    await page.getByLabel("Folder of the server", { exact: true }).fill(gone);
    await page.getByText("Submits 1 file of the folder.").waitFor();
    await rm(gone, { recursive: true });
    await page.reload();
    await page
      .getByRole("alert")
      .getByText(/does not exist/)
      .waitFor();
    await page.getByRole("button", { name: "Choose another" }).click();
    const dialog = page.getByRole("dialog", { name: "Choose a folder of the server" });
    const entries = dialog.getByRole("list", { name: "Entries" });
    await dialog.getByText(/does not exist/).waitFor();
    await dialog.getByRole("button", { name: "Show open folders" }).click();
    await entries.getByRole("button", { name: /^inputs/ }).click();
    await entries.getByRole("button", { name: new RegExp(plates.split("/").at(-1) ?? "") }).click();
    await dialog.getByRole("button", { name: "Use this folder, 2 files" }).click();
    await page.getByText("Submits 2 files of the folder.").waitFor();
    await page.getByLabel("A job for each input").click();
    await page.getByText("2 runs ready in 2 jobs").waitFor();
    await page.getByRole("button", { name: "Generate 2 runs" }).click();
    await page.getByText("Queued 2 runs in 2 jobs").waitFor();

    // It is offered again the next time.
    await page.getByRole("button", { name: "Take no folder" }).click();
    await page.getByRole("button", { name: "Browse" }).click();
    await dialog.getByRole("list", { name: "Recent folders" }).getByRole("button").first().waitFor();
  });

  test("what stands against a run is said before it is sent, and the others can go without it", async () => {
    const workflow = await importWorkflow(unique("Blocked"), imageToImage());
    const page = await tabs.open(address(workflow));
    await dropFilesOn(page, page.locator("[data-takes-files]"), [{ name: "good.png" }, { name: "fine.png" }]);
    await page.getByLabel("Positive Prompt 1", { exact: true }).focus();
    await pasteFile(page, "notes.txt", "no picture at all");
    await page.getByText("1 of 3 runs blocked").waitFor();
    const file = page.getByRole("list", { name: "Input files" }).getByRole("listitem").filter({ hasText: "notes.txt" });
    await file.getByText(/this workflow takes a picture/).waitFor();
    await file.getByText(/Choose a file that the workflow takes/).waitFor();

    await page.getByRole("button", { name: "Generate 3 runs" }).click();
    await page.getByRole("alert").getByText("1 field to put right above").waitFor();
    await page.getByLabel("Leave out blocked runs").click();
    await page.getByRole("button", { name: "Generate 2 runs" }).click();
    await page.getByText("Queued 2 runs").waitFor();
  });

  test("a stage is added with a prompt of its own, and taken away again", async () => {
    const { workflows } = await ask<{
      workflows: { nodes: { id: string; stageTemplate: { stages: object[] } | null }[] };
    }>("{ workflows(first: 200) { nodes { id stageTemplate { stages { nodes } } } } }");
    // The demo studio has one.
    const staged = workflows.nodes.find(({ stageTemplate }) => stageTemplate?.stages.length === 2);
    if (!staged) throw new Error("no workflow with two stages");
    const page = await tabs.open(address(staged));
    await page.getByLabel("Clip 2").waitFor();
    // Nothing is queued that would fail for want of a picture.
    await page.getByText("1 run blocked").waitFor();
    await page.getByText(/Give the file as an input/).waitFor();
    await dropFilesOn(page, page.locator("[data-takes-files]"), [{ name: "harbour.png" }]);
    await page.getByRole("button", { name: "Add a stage" }).click();
    await page.getByLabel("Clip 3").fill("the lantern goes out");
    await page.getByText("1 run ready").waitFor();
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByRole("dialog", { name: "Would queue 1 run" }).getByRole("button", { name: "Graph" }).click();
    await page.getByRole("dialog").getByText("_stage3").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Remove the last" }).click();
    await page.getByLabel("Clip 3").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Add a stage" }).click();
    expect(await page.getByLabel("Clip 3").inputValue()).toBe("the lantern goes out");
  });

  test("prompts and settings are kept under a name, applied, renamed and deleted", async () => {
    const workflow = await importWorkflow(unique("Presets"), textToImage());
    const page = await tabs.open(address(workflow));
    const [prompts, settings] = [unique("Rain"), unique("Six times")];
    const prompt = page.getByLabel("Positive Prompt 1");
    const save = async (what: string, name: string) => {
      await page.getByRole("button", { name: `Save ${what} as a preset` }).click();
      await page.getByRole("dialog").getByLabel("Name").fill(name);
      await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    };
    await prompt.fill("rain on the quay");
    await page.getByRole("spinbutton", { name: "Tries" }).fill("6");
    await save("prompts", prompts);
    await save("settings", settings);

    await page.getByRole("button", { name: "Back to the workflow's values" }).click();
    expect(await prompt.inputValue()).toBe("a lighthouse at dusk");
    await page.getByLabel("Prompt preset").selectOption({ label: "Prompt preset" });
    await page.getByLabel("Prompt preset").selectOption({ label: prompts });
    await eventually(async () => expect(await prompt.inputValue()).toBe("rain on the quay"));
    expect(await page.getByRole("spinbutton", { name: "Tries" }).inputValue()).toBe("1");

    // Settings bring the prompts along that were chosen when they were saved.
    await page.getByRole("button", { name: "New workspace" }).click();
    await page.getByRole("button", { name: workflow.name }).click();
    await page.getByLabel("Settings preset").selectOption({ label: settings });
    await eventually(async () => expect(await page.getByRole("spinbutton", { name: "Tries" }).inputValue()).toBe("6"));
    await eventually(async () => expect(await prompt.inputValue()).toBe("rain on the quay"));

    await page.getByRole("button", { name: `More for ${prompts}` }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    const renamed = unique("Drizzle");
    await page.getByRole("dialog").getByLabel("Name").fill(renamed);
    await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
    await page.getByRole("button", { name: `More for ${renamed}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: `More for ${renamed}` }).waitFor({ state: "hidden" });
    expect(await prompt.inputValue()).toBe("rain on the quay");
  });
});

const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Workspaces" }).getByRole("button", { name, exact: true });

/** Of the workspaces, in their order. */
async function names(page: Page): Promise<string[]> {
  const buttons = page.getByRole("navigation", { name: "Workspaces" }).locator("button[aria-current]");
  return buttons.allTextContents();
}

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let count = 0; count < 150; count += 1) {
    await page.keyboard.press("Tab");
    const label = await page.evaluate(() => {
      const active = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLElement> }) | null;
      return active?.getAttribute("aria-label") ?? active?.labels?.[0]?.innerText ?? active?.innerText ?? "";
    });
    if (label.trim().startsWith(name)) return;
    seen.push(label);
  }
  throw new Error(`Tab never came to "${name}", but to ${[...new Set(seen)].join(", ")}`);
}

/** A folder of the server with pictures of these names. */
async function inputFolder(name: string, ...files: string[]): Promise<string> {
  const folder = join(inputsFolder, unique(name).replace(" ", "-"));
  await mkdir(folder, { recursive: true });
  for (const file of files) await writeFile(join(folder, file), png);
  return folder;
}
