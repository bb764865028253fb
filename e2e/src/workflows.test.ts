import type { Locator, Page } from "playwright-core";
import {
  ask,
  createSceneType,
  eventually,
  importWorkflow,
  jobReaches,
  setSceneDefault,
  submitJob,
  unique,
} from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { dropFile } from "./support/drop-file.ts";
import { sleeping, textToImage } from "./support/graphs.ts";

describeInBrowser("workflows", () => {
  const tabs = useBrowser();

  test("an import goes on to the machines and a dry run, and a workflow that passes becomes production", async () => {
    const page = await tabs.open("/workflows");
    const name = unique("walked");
    await dropFile(page, `${name}.json`, JSON.stringify(sleeping(1_000)));
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("dialog", { name: `Imported ${name}` }).waitFor();
    await dialog.getByRole("button", { name: "Check the machines" }).click();
    await dialog.getByText("Can run it").first().waitFor();
    await dialog.getByRole("button", { name: "Next: dry run" }).click();
    await dialog.getByRole("button", { name: "Start dry run" }).click();
    await dialog.getByText("Dry run under way").waitFor();
    await dialog.getByText("The dry run passed").waitFor();
    await dialog.getByRole("link", { name: "Open workflow" }).click();

    await page.getByRole("heading", { name, level: 1 }).waitFor();
    const header = page.locator("main header").first();
    await header.getByText("Tested").waitFor();
    await page.getByRole("tab", { name: "Checks and status" }).click();
    await page.getByRole("button", { name: "Mark as production" }).click();
    await header.getByText("Production").waitFor();
  });

  test("what stands against production is listed, with the file that a machine lacks", async () => {
    const graph = textToImage();
    graph["1"] = { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "no_such_model.safetensors" } };
    const workflow = await importWorkflow(unique("untried"), graph);
    const page = await tabs.open(`${pathOf(workflow)}?view=checks`);
    await page.getByText("Missing file").first().waitFor();
    await page.getByRole("button", { name: "Mark as production" }).click();
    const against = page.getByRole("list", { name: "What stands against it" });
    await against.getByText("No dry run of version 1 has passed.").waitFor();
    await against.getByText("no_such_model.safetensors", { exact: false }).first().waitFor();
    await page.locator("main header").first().getByText("Draft").waitFor();
  });

  test("takes a workflow saved on a machine, and a picture that carries its graph", async () => {
    const { machines } = await ask<{ machines: { name: string; url: string }[] }>("{ machines { name url } }");
    const [machine] = machines;
    const name = unique("kept");
    const saved = encodeURIComponent(`workflows/${name}.json`);
    await fetch(`${machine?.url}/userdata/${saved}`, { method: "POST", body: JSON.stringify(textToImage()) });
    const page = await tabs.open("/workflows");
    await page.getByRole("button", { name: "Import" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("tab", { name: "From a machine" }).click();
    await dialog.getByRole("combobox", { name: "Machine" }).selectOption({ label: machine?.name ?? "" });
    await dialog.getByRole("radio", { name }).check();
    expect(await dialog.getByLabel("Name").inputValue()).toBe(name);
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("dialog", { name: `Imported ${name}` }).waitFor();
    await page.keyboard.press("Escape");

    const source = await importWorkflow(unique("developed"), textToImage({ positive: "a heron in reeds", steps: 1 }));
    const job = await submitJob({ workflowId: source.id });
    await jobReaches(job.id, "SUCCEEDED");
    const { job: done } = await ask<{ job: { latestOutputs: { url: string }[] } }>(
      "query ($id: ID!) { job(id: $id) { latestOutputs { url } } }",
      { id: job.id },
    );
    const picture = await page.request.get(new URL(done.latestOutputs[0]?.url ?? "", page.url()).href);
    await page.getByRole("button", { name: "Import" }).first().click();
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "heron.png", mimeType: "image/png", buffer: await picture.body() });
    const copy = unique("from a picture");
    await dialog.getByLabel("Name").fill(copy);
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("dialog", { name: `Imported ${copy}` }).waitFor();
    await dialog.getByText("a heron in reeds").waitFor();
  });

  test("a broken link is named with its node and input", async () => {
    const graph = textToImage();
    Object.assign(graph["6"]?.inputs ?? {}, { vae: ["99", 2] });
    const page = await tabs.open("/workflows");
    await dropFile(page, "broken.json", JSON.stringify(graph));
    await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("alert").getByText("Node 6, input vae:").waitFor();
  });

  test("slots are put in order by keyboard, locked, and take the graph's text back", async () => {
    const workflow = await importWorkflow(unique("slots"), textToImage({ positive: "a lighthouse" }));
    const page = await tabs.open(pathOf(workflow));
    const slots = page.getByRole("list", { name: "Prompt slots" });
    await slots.getByText("Positive Prompt 1").waitFor();
    await moveDown(page, slots.getByRole("button", { name: "Move Positive Prompt 1" }));
    await eventually(async () => expect(await firstItem(slots)).toContain("Negative Prompt 1"));
    await eventually(async () =>
      expect(await orderOf(workflow.id)).toEqual(["Negative Prompt 1", "Positive Prompt 1"]),
    );
    await page.reload();
    await eventually(async () => expect(await firstItem(slots)).toContain("Negative Prompt 1"));

    await slots.getByRole("button", { name: "Lock Negative Prompt 1" }).click();
    await slots.getByText("Locked").waitFor();
    await slots.getByRole("button", { name: "Edit Positive Prompt 1" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Default text").fill("a windmill");
    await sheet.getByRole("button", { name: "Save slot" }).click();
    await slots.getByText("a windmill").waitFor();
    await slots.getByRole("button", { name: "Edit Positive Prompt 1" }).click();
    await sheet.getByRole("button", { name: "Reset to the graph's text" }).click();
    await eventually(async () => expect(await sheet.getByLabel("Default text").inputValue()).toBe("a lighthouse"));
  });

  test("parameters are edited, added, moved, removed and reset", async () => {
    const workflow = await importWorkflow(unique("parameters"), textToImage());
    const page = await tabs.open(`${pathOf(workflow)}?view=parameters`);
    const list = page.getByRole("list", { name: "Parameters" });
    const row = (label: string) => list.getByRole("listitem").filter({ hasText: label });
    await list.getByRole("button", { name: "Edit Steps" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Label").fill("Patience");
    await dialog.getByLabel("Largest").fill("many");
    await dialog.getByRole("button", { name: "Save parameter" }).click();
    await dialog.getByText("Must be a number.").waitFor();
    await dialog.getByLabel("Largest").fill("60");
    await dialog.getByRole("button", { name: "Save parameter" }).click();
    await row("Patience").getByText("Edited").waitFor();
    await row("Patience").getByText("1 to 60").waitFor();

    await page.getByRole("button", { name: "Add parameter" }).click();
    await dialog.getByLabel("Key").fill("batch");
    await dialog.getByLabel("Label").fill("How many at once");
    await dialog.getByLabel("Type").selectOption("INT");
    await dialog.getByLabel("Node of input 1").selectOption("4");
    await dialog.getByLabel("Name of input 1").selectOption("batch_size");
    await dialog.getByRole("button", { name: "Add parameter" }).click();
    await row("How many at once").getByText("4.batch_size").waitFor();

    const first = await firstItem(list);
    await moveDown(page, list.getByRole("button", { name: /^Move/ }).first());
    await eventually(async () => expect(await firstItem(list)).not.toBe(first));

    await list.getByRole("button", { name: "More about How many at once" }).click();
    await page.getByRole("menuitem", { name: "Remove…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove parameter" }).click();
    await row("How many at once").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Reset all…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Reset all" }).click();
    await row("Steps").waitFor();
    await row("Patience").waitFor({ state: "hidden" });
    await eventually(async () => expect(await list.getByText("Edited").count()).toBe(0));
  });

  test("texts of slots that are gone from the graph stay until somebody confirms that they go", async () => {
    const before = textToImage();
    const workflow = await importWorkflow(unique("reduced"), before);
    const sceneType = await createSceneType(unique("Cove"), workflow.id);
    const negative = workflow.promptSlots.find(({ nodeId }) => nodeId === "3");
    await setSceneDefault(sceneType.id, negative?.id ?? "", "gulls");
    const after = textToImage();
    delete after["3"];
    Object.assign(after["5"]?.inputs ?? {}, { negative: ["2", 0] });

    const page = await tabs.open(pathOf(workflow));
    await page.getByRole("heading", { name: workflow.name, level: 1 }).waitFor();
    await dropFile(page, "reduced.json", JSON.stringify(after));
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await dialog.getByText("1 slot no longer in the graph still hold").waitFor();
    await dialog.getByText("(node 3): 1 scene default, 0 overrides").waitFor();
    const texts = async () =>
      (
        await ask<{ sceneType: { promptDefaults: { text: string }[] } }>(
          "query ($id: ID!) { sceneType(id: $id) { promptDefaults { text } } }",
          { id: sceneType.id },
        )
      ).sceneType.promptDefaults.map(({ text }) => text);
    expect(await texts()).toEqual(["gulls"]);
    await dialog.getByRole("button", { name: "Remove them…" }).click();
    const question = page.getByRole("alertdialog");
    await question.getByText("Remove 1 slot and 1 text?").waitFor();
    await question.getByRole("button", { name: "Remove 1 text" }).click();
    await dialog.getByText("1 text of 1 slot removed.").waitFor();
    expect(await texts()).toEqual([]);
  });

  test("two versions are compared, and a scene type moves to the new one after saying what it loses", async () => {
    const before = textToImage({ positive: "a lighthouse at dusk over a calm sea", steps: 4 });
    const workflow = await importWorkflow(unique("versions"), before);
    const sceneType = await createSceneType(unique("Shore"), workflow.id);
    const negative = workflow.promptSlots.find(({ nodeId }) => nodeId === "3");
    await setSceneDefault(sceneType.id, negative?.id ?? "", "gulls");
    const page = await tabs.open(`${pathOf(workflow)}?view=versions`);

    await page.getByRole("heading", { name: workflow.name, level: 1 }).waitFor();

    // The next version reads its negative prompt elsewhere, so that a slot goes and takes a text along.
    const after = textToImage({ positive: "a lighthouse at dawn over a calm sea", steps: 9 });
    const encoder = after["3"];
    delete after["3"];
    if (encoder) after["33"] = encoder;
    Object.assign(after["5"]?.inputs ?? {}, { negative: ["33", 0] });
    await dropFile(page, "next.json", JSON.stringify(after));
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("dialog", { name: `Imported ${workflow.name}` }).waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Compare version 2 with the one before" }).click();
    const comparison = page.getByRole("region", { name: "Comparison" });
    await comparison.locator("del", { hasText: "dusk" }).first().waitFor();
    await comparison.locator("ins", { hasText: "dawn" }).first().waitFor();
    await comparison.getByText("Removed").first().waitFor();
    await comparison.getByText("Added").first().waitFor();
    expect(new URL(page.url()).searchParams.get("to")).toBe("2");

    await page.getByRole("heading", { name: "1 scene type uses an older version" }).waitFor();
    await page.getByRole("button", { name: /^Upgrade / }).click();
    await dialog.getByText("1 slot will be gone").waitFor();
    const upgrade = dialog.getByRole("button", { name: "Upgrade to version 2" });
    expect(await upgrade.isDisabled()).toBe(true);
    await dialog.getByRole("checkbox").check();
    await upgrade.click();
    await page.getByText("uses version 2 now").waitFor();
    await page.getByRole("heading", { name: /uses an older version/ }).waitFor({ state: "hidden" });
  });

  test("the graph shows prompts by polarity, and the inputs of the node that is chosen", async () => {
    const workflow = await importWorkflow(unique("graph"), textToImage({ positive: "a lighthouse" }));
    const page = await tabs.open(`${pathOf(workflow)}?view=graph`);
    await page.getByRole("group", { name: "Node 2, What to show" }).getByLabel("positive prompt").waitFor();
    await page.getByRole("group", { name: "Node 3, What to avoid" }).getByLabel("negative prompt").waitFor();
    await page.getByRole("group", { name: "Node 2, What to show" }).click();
    const inputs = page.getByRole("region", { name: "Node 2" });
    await inputs.getByText("a lighthouse").waitFor();
    await inputs.getByRole("button", { name: "node 1" }).click();
    await page.getByRole("region", { name: "Node 1" }).getByText("sd_xl_base_1.0.safetensors").waitFor();
    await page.getByLabel("Find a node").fill("sampler");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Node 5" }).getByText("euler").waitFor();
  });

  test("a graph of 2,000 nodes leaves the page usable, and draws only what is in sight", async () => {
    const workflow = await importWorkflow(unique("huge"), chainOf(2_000));
    const page = await tabs.open(`${pathOf(workflow)}?view=graph`);
    await page.locator(".react-flow__node").first().waitFor({ timeout: 60_000 });
    await page.getByLabel("Find a node").fill("1234");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Node 1234", exact: true }).waitFor();
    await eventually(async () => expect(await page.locator(".react-flow__node").count()).toBeLessThan(200));
    await page.getByRole("tab", { name: "Parameters" }).click();
    await page.getByRole("button", { name: "Add parameter" }).waitFor();
  });
});

const pathOf = ({ id }: { id: string }): string => `/workflows/${encodeURIComponent(id)}`;

/** Lifts, moves and drops with the keyboard, waiting for what a screen reader is told each time. */
async function moveDown(page: Page, handle: Locator): Promise<void> {
  const said = (text: RegExp) => page.locator("[aria-live]").filter({ hasText: text }).waitFor({ state: "attached" });
  await handle.focus();
  await page.keyboard.press("Space");
  await said(/is at 1 of/);
  // The list listens to the arrows from the next task on: no person is as quick.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  await page.keyboard.press("ArrowDown");
  await said(/is at 2 of/);
  await page.keyboard.press("Space");
  await said(/is now 2 of/);
}

async function firstItem(list: Locator): Promise<string> {
  return (await list.getByRole("listitem").first().textContent()) ?? "";
}

async function orderOf(id: string): Promise<string[]> {
  const { workflow } = await ask<{ workflow: { promptSlots: { label: string }[] } }>(
    "query ($id: ID!) { workflow(id: $id) { promptSlots { label } } }",
    { id },
  );
  return workflow.promptSlots.map(({ label }) => label);
}

/** A picture that goes through one node after another. */
function chainOf(count: number): object {
  const { "7": save, ...graph } = textToImage();
  const last = 10 + count - Object.keys(graph).length - 2;
  for (let id = 10; id <= last; id += 1) {
    graph[id] = {
      class_type: "ImageScaleBy",
      inputs: { image: [String(id === 10 ? 6 : id - 1), 0], upscale_method: "bilinear", scale_by: 1 },
    };
  }
  return { ...graph, "7": { ...save, inputs: { ...save?.inputs, images: [String(last), 0] } } };
}
