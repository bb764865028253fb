import { importWorkflow, createCharacter, createSceneType, setSceneDefault, setSlot, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { dropFile } from "./support/drop-file.ts";
import { textToImage } from "./support/graphs.ts";

describeInBrowser("what goes wrong is said where it went wrong", () => {
  const tabs = useBrowser();

  test("broken JSON is refused with its line and column, and the form stays for a correction", async () => {
    const page = await tabs.open("/workflows");
    const name = unique("broken");
    await dropFile(page, `${name}.json`, '{\n  "1": {"class_type" "KSampler"}\n}');
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await dialog
      .getByRole("alert")
      .getByText(/line 2.*column \d/i)
      .waitFor();

    await dialog.getByLabel("Graph").fill(JSON.stringify(textToImage()));
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("dialog", { name: `Imported ${name}` }).waitFor();
  });

  test("a file saved from ComfyUI's editor with a node that no machine knows says which, and what to export instead", async () => {
    const page = await tabs.open("/workflows");
    const output = { name: "IMAGE", type: "IMAGE", links: [1] };
    const input = { name: "images", type: "IMAGE", link: 1 };
    const nodes = [
      { id: 1, type: "NodeOfAnotherStudio", pos: [0, 0], inputs: [], outputs: [output], widgets_values: [7, "soft"] },
      { id: 2, type: "PreviewImage", pos: [300, 0], inputs: [input], outputs: [], widgets_values: [] },
    ];
    const editorFile = { last_node_id: 2, last_link_id: 1, nodes, links: [[1, 1, 0, 2, 0, "IMAGE"]], version: 0.4 };
    await dropFile(page, "editor.json", JSON.stringify(editorFile));
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await dialog.getByText("Node 1:").waitFor();
    await dialog.getByText(/API/).and(dialog.locator("[role=alert], [role=alert] *")).first().waitFor();
  });

  test("nonsense is refused before it reaches the server", async () => {
    const page = await tabs.open("/workflows");
    await dropFile(page, "holiday.pdf", "not a graph");
    await page.getByText("holiday.pdf is not a workflow file", { exact: false }).waitFor();
  });

  test("a value out of range is shown beside its field, and everything typed stays", async () => {
    const workflow = await importWorkflow(unique("ranges"), textToImage());
    const page = await tabs.open(`/generate?workflow=${encodeURIComponent(workflow.id)}`);
    await page.getByLabel("Positive Prompt 1").fill("a kite over the dunes");
    const steps = page.getByRole("spinbutton", { name: "Steps" });
    await steps.fill("99999999");
    await page.getByRole("button", { name: /^Generate/ }).click();
    await page.getByRole("alert").getByText("1 field to put right above").waitFor();
    expect(await steps.getAttribute("aria-invalid")).toBe("true");
    const described = (await steps.getAttribute("aria-describedby")) ?? "";
    expect(await page.locator(`[id="${described.split(" ").at(-1)}"]`).textContent()).toMatch(/10000/);
    expect(await page.getByLabel("Positive Prompt 1").inputValue()).toBe("a kite over the dunes");
    expect(await steps.evaluate((field) => field === document.activeElement)).toBe(true);

    await steps.fill("2");
    await page.getByLabel("Tries").fill("0");
    await page.keyboard.press("Control+Enter");
    await page
      .getByRole("alert")
      .getByText(/between 1 and 100/)
      .waitFor();
  });

  test("a placeholder without a value stops a take and is named, unless it is allowed", async () => {
    const workflow = await importWorkflow(unique("placeholders"), textToImage());
    const sceneType = await createSceneType(unique("Walk"), workflow.id);
    await setSceneDefault(sceneType.id, slotOf(workflow, "2"), "{name} with a {hat_kind} hat");
    const character = await createCharacter(unique("Mara"), {});
    const path = `/characters/${encodeURIComponent(character.id)}?scene=${encodeURIComponent(sceneType.id)}`;
    const page = await tabs.open(path);
    await page.getByRole("button", { name: "Generate a take" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    await dialog.getByText(/hat_kind/).waitFor();
    await dialog.getByLabel("Allow unresolved placeholders").click();
    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    await page.getByText("Take queued").waitFor();
  });

  test("a locked slot is shown and cannot be written", async () => {
    const workflow = await importWorkflow(unique("locked"), textToImage({ negative: "watermark" }));
    await setSlot(slotOf(workflow, "3"), { isUserEditable: false });
    const page = await tabs.open(`/generate?workflow=${encodeURIComponent(workflow.id)}`);
    const locked = page.getByLabel("Negative Prompt 1");
    await locked.waitFor();
    expect(await locked.isEditable()).toBe(false);
    expect(await locked.inputValue()).toBe("watermark");
    await page.getByRole("img", { name: "Locked" }).waitFor();
  });

  test("an address that leads nowhere says so and leads back", async () => {
    tabs.allow(/404.*\/nowhere/);
    const page = await tabs.open("/nowhere");
    await page.getByText("There is no such page").waitFor();
    for (const path of ["/jobs/nonsense", "/workflows/nonsense", "/scene-types/nonsense", "/characters/nonsense"]) {
      await page.goto(path);
      await page.getByText(/does not exist/).waitFor();
    }
  });
});

function slotOf(workflow: { promptSlots: { id: string; nodeId: string }[] }, nodeId: string): string {
  const slot = workflow.promptSlots.find((each) => each.nodeId === nodeId);
  if (!slot) throw new Error(`No slot at node ${nodeId}`);
  return slot.id;
}
