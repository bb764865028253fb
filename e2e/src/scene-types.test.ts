import type { Page } from "playwright-core";
import { createCharacter, createSceneType, importWorkflow, setSceneDefault, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { textToImage } from "./support/graphs.ts";

const open = (id: string) => `/scene-types/${encodeURIComponent(id)}`;
const editor = (page: Page) => page.getByLabel("Positive Prompt 1", { exact: true });
const becomes = (page: Page) => page.getByRole("region", { name: "Positive Prompt 1, resolved" });

describeInBrowser("the scene type page", () => {
  const tabs = useBrowser();

  test("the editor completes placeholders, weighs words and previews choices by seed", async () => {
    const workflow = await importWorkflow(unique("editor"), textToImage());
    const sceneType = await createSceneType(unique("Editor"), workflow.id);
    const name = unique("Mara");
    await createCharacter(name, { hair_color: "red" });
    const page = await tabs.open(open(sceneType.id));

    // The workflow's text shows through until something is written.
    await editor(page).getByText("a lighthouse at dusk").waitFor();
    await page.getByLabel("Preview with").selectOption({ label: name });

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
    await editor(page).fill("{character_name} in {rain|snow|fog}, {mood} light");
    await becomes(page).getByText("{mood} has no value").waitFor();
    await becomes(page).getByText("Drawn choice").waitFor();
    const drawn = becomes(page).getByText(/^(rain|snow|fog)$/);
    await drawn.waitFor();
    const first = (await drawn.textContent()) ?? "";
    for (let seed = 1; (await drawn.textContent()) === first && seed < 20; seed++) {
      await page.getByLabel("Preview seed").fill(String(seed));
      await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
    }

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
