import type { Page } from "playwright-core";
import { ask, createCharacter, createSceneType, importWorkflow, setSceneDefault, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { choose } from "./support/choose.ts";
import { textToImage } from "./support/graphs.ts";

const open = (id: string) => `/scene-types/${encodeURIComponent(id)}`;
const editor = (page: Page) => page.getByLabel("Positive Prompt 1", { exact: true });
const becomes = (page: Page) => page.getByRole("region", { name: "Positive Prompt 1, resolved" });

/** A seed with which the unsaved text of a slot says something. */
async function seedFor(sceneTypeId: string, characterId: string, slotId: string, text: string, wanted: string) {
  for (let seed = 1; seed < 60; seed++) {
    const { resolvePrompts } = await ask<{ resolvePrompts: { resolvedText: string }[] }>(
      "query ($input: ResolvePromptsInput!) { resolvePrompts(input: $input) { resolvedText } }",
      { input: { sceneTypeId, characterId, slotId, seed: String(seed), draftDefaults: [{ slotId, text }] } },
    );
    if (resolvePrompts[0]?.resolvedText.includes(wanted)) return String(seed);
  }
  throw new Error(`No seed gives "${wanted}"`);
}

describeInBrowser("the scene type page", () => {
  const tabs = useBrowser();

  test("the editor completes placeholders, weighs words and previews choices by seed", async () => {
    const workflow = await importWorkflow(unique("editor"), textToImage());
    const sceneType = await createSceneType(unique("Editor"), workflow.id);
    const name = unique("Mara");
    const character = await createCharacter(name, { hair_color: "red" });
    const slotId = workflow.promptSlots[0]?.id ?? "";
    const page = await tabs.open(open(sceneType.id));

    // The workflow's text shows through until something is written.
    await editor(page).getByText("a lighthouse at dusk").waitFor();
    await choose(page.getByLabel("Preview with"), name);

    await editor(page).pressSequentially("portrait with {hair");
    await page.getByRole("option", { name: /\{hair_color\}/ }).waitFor();
    await page.keyboard.press("Enter");
    await editor(page).pressSequentially(" hair");
    await becomes(page).getByText("portrait with ").waitFor();
    await becomes(page).getByText("red", { exact: true }).waitFor();

    // The word at the cursor gets more weight, press by press.
    await page.keyboard.press("Control+ArrowUp");
    await page.keyboard.press("Control+ArrowUp");
    await editor(page).getByText("(hair:1.1)").waitFor();
    await page.keyboard.press("Control+ArrowDown");
    await page.keyboard.press("Control+ArrowDown");
    await editor(page).getByText("portrait with {hair_color} hair").waitFor();

    // Choices are drawn by the seed, and marked.
    const text = "{character_name} in {rain|snow|fog}, {mood} light";
    await editor(page).fill(text);
    await becomes(page).getByText("{mood} has no value").waitFor();
    await becomes(page).getByText("Drawn choice").waitFor();
    const seed = await seedFor(sceneType.id, character.id, slotId, text, "in fog");
    await page.getByLabel("Preview seed").fill(seed);
    await becomes(page).getByText("fog", { exact: true }).waitFor();

    // Each clip falls back to the full clip, and only what changed is saved.
    await page.getByRole("tab", { name: "Start" }).click();
    await page.getByText("Empty: falls back to the full clip's text").waitFor();
    await page.getByText("1 unsaved change").waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Everything is saved").waitFor();
    await page.reload();
    await editor(page).getByText("{character_name} in {rain|snow|fog}").waitFor();
  });

  test("a scene type is upgraded after a look at what that means, duplicated and deleted", async () => {
    const name = unique("versions");
    const workflow = await importWorkflow(name, textToImage({ positive: "a harbour" }));
    const sceneName = unique("Harbour");
    const sceneType = await createSceneType(sceneName, workflow.id);
    await setSceneDefault(sceneType.id, workflow.promptSlots[0]?.id ?? "", "{character_name} at the harbour");
    await importWorkflow(name, textToImage({ positive: "a harbour", steps: 9 }));

    const page = await tabs.open(open(sceneType.id));
    await page.getByText(`${name} has version 2; this scene type uses version 1.`).waitFor();
    await page.getByRole("button", { name: "Upgrade" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText("1 text and 0 overrides keep their slot.").waitFor();
    await dialog.getByText("Nothing is lost.").waitFor();
    await dialog.getByRole("button", { name: "Upgrade" }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByText(`${name}, version 2`).waitFor();
    await page.getByText(/this scene type uses version 1/).waitFor({ state: "hidden" });
    await editor(page).getByText("at the harbour").waitFor();

    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Duplicate" }).click();
    await page.getByLabel("Name of the copy").fill(`${sceneName} at night`);
    await page.getByRole("dialog").getByRole("button", { name: "Duplicate" }).click();
    await page.getByRole("heading", { name: `${sceneName} at night`, level: 1 }).waitFor();
    await editor(page).getByText("at the harbour").waitFor();

    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page
      .getByRole("alertdialog")
      .getByText(/Its text,/)
      .waitFor();
    await page.getByRole("button", { name: "Delete scene type" }).click();
    await page.getByRole("heading", { name: "Scene types", level: 1 }).waitFor();
    await page.getByRole("link", { name: sceneName, exact: true }).waitFor();
    expect(await page.getByRole("link", { name: `${sceneName} at night` }).count()).toBe(0);
  });
});
