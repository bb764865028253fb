import { createFragment, createSceneType, eventually, importWorkflow, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { choose } from "./support/choose.ts";
import { textToImage } from "./support/graphs.ts";

describeInBrowser("prompts of scene types and characters", () => {
  const tabs = useBrowser();

  test("a scene type's text and a character's override become the prompts of a take", async () => {
    const workflow = await importWorkflow(unique("takes"), textToImage({ positive: "someone", steps: 2 }));
    const fragment = unique("rim light");
    await createFragment(fragment);
    const sceneName = unique("Market walk");
    const characterName = unique("Ines");

    // A scene type, made in the browser.
    const page = await tabs.open("/scene-types");
    await page.getByRole("button", { name: "New scene type" }).first().click();
    await page.getByLabel("Name").fill(sceneName);
    await choose(page.getByRole("dialog").getByLabel("Workflow"), workflow.name);
    await page.getByRole("dialog").getByLabel("Generation").selectOption("WORKFLOW_MANAGED");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByRole("heading", { name: sceneName, level: 1 }).waitFor();

    // What is typed is resolved before it is saved.
    const positive = page.getByLabel("Positive Prompt 1", { exact: true });
    await positive.fill("{character_name}, {hair} hair, crossing the market");
    const becomes = page.getByRole("region", { name: "Positive Prompt 1, resolved" });
    await becomes.getByText("crossing the market", { exact: false }).waitFor();
    await page.getByText("1 unsaved change").waitFor();

    // Leaving asks first: by a link, by the back button and by the palette.
    const questions: string[] = [];
    const stay = (dialog: { message: () => string; dismiss: () => Promise<void> }) => {
      questions.push(dialog.message());
      void dialog.dismiss();
    };
    page.on("dialog", stay);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Machines" }).click();
    expect(questions).toEqual([expect.stringContaining("unsaved")]);
    await page.evaluate(() => window.history.back());
    await expectSoon(() => questions.length === 2);
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder(/Go to a page/).fill("Machines");
    await page.keyboard.press("Enter");
    await expectSoon(() => questions.length === 3);
    expect(await positive.textContent()).toContain("crossing the market");
    page.off("dialog", stay);
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Everything is saved").waitFor();

    // A project and a character with metadata.
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Characters" }).click();
    await page.getByRole("button", { name: "New project" }).first().click();
    await page.getByRole("dialog").getByLabel("Name").fill(`Project of ${characterName}`);
    await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "New character" }).first().click();
    await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill(characterName);
    await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
    await page.getByRole("heading", { name: characterName, level: 1 }).waitFor();
    await page.getByRole("button", { name: "Add a key" }).click();
    await page.getByLabel("Key", { exact: true }).last().fill("hair");
    await page.getByLabel("Value of hair").fill("copper");
    await page.getByRole("button", { name: "Save metadata" }).click();

    // The scene type's text, with this character in it.
    await choose(page.getByLabel("Scene type", { exact: true }), sceneName);
    const slot = page.getByRole("region", { name: "Positive Prompt 1" });
    await expectSoon(async () =>
      ((await slot.textContent()) ?? "").includes(`${characterName}, copper hair, crossing the market`),
    );

    // A newer scene type, from somebody else, does not take its place.
    await createSceneType(unique("Gate"), workflow.id);

    // An override with a written fragment and one from the library, previewed as a draft.
    await slot.getByLabel("Replacement text of Positive Prompt 1").fill("{character_name} waits at the gate");
    await slot.getByLabel("New fragment for Positive Prompt 1").fill("evening sun");
    await page.keyboard.press("Enter");
    await slot.getByRole("button", { name: "Library" }).click();
    await page.getByLabel("Search fragments").fill(fragment);
    await page.getByRole("dialog").getByRole("button", { name: fragment, exact: false }).first().click();
    await page.keyboard.press("Escape");
    const resolved = `${characterName} waits at the gate, evening sun, ${fragment}`;
    await expectSoon(async () => ((await slot.textContent()) ?? "").includes(resolved));
    await page.getByText("1 unsaved change").waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Everything is saved").waitFor();
    await page.reload();
    await expectSoon(async () => ((await slot.textContent()) ?? "").includes(resolved));

    // A take keeps the prompts that made it.
    await page.getByRole("button", { name: "Generate a take" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Generate", exact: true }).click();
    await page.getByText("Take queued").waitFor();
    const character = new URL(page.url()).pathname.split("/").at(-1);
    await page.goto(`/gallery?view=takes&character=${character}`);
    const take = page.getByRole("listitem").filter({ hasText: characterName });
    await take
      .getByRole("list", { name: /Outputs of/ })
      .getByRole("button")
      .first()
      .waitFor();
    await take.getByText("Prompts", { exact: true }).click();
    await take.getByText(resolved).waitFor();
  });
});

async function expectSoon(condition: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(async () => expect(await condition()).toBe(true));
}
