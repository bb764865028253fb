import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import {
  createCharacter,
  createFragment,
  createLibrary,
  createSceneType,
  eventually,
  importWorkflow,
  setSceneDefault,
  unique,
} from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { choose } from "./support/choose.ts";
import { textToImage } from "./support/graphs.ts";

describeInBrowser("fragments, libraries and comparisons", () => {
  const tabs = useBrowser();

  test("fragments are found, changed many at once and deleted", async () => {
    const word = unique("glow").replace(" ", "");
    for (const end of ["lantern", "window", "street"]) await createFragment(`${word} of the ${end}`);
    const page = await tabs.open(`/fragments?search=${word}`);
    const row = (text: string) => page.getByRole("row").filter({ hasText: text });
    await row(`${word} of the window`).waitFor();

    // One is made in the browser, and the address keeps what is looked for.
    await page.getByRole("button", { name: "New fragment" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Text").fill(`${word} of the sea`);
    await dialog.getByLabel("Tags").fill("Shore, night");
    await dialog.getByRole("button", { name: "Add fragment" }).click();
    await row(`${word} of the sea`).getByText("shore").filter({ visible: true }).waitFor();
    await page.getByLabel("Search fragments").fill(`${word} sea`);
    await row(`${word} of the window`).waitFor({ state: "detached" });
    await expectSoon(() => new URL(page.url()).searchParams.get("search") === `${word} sea`);
    await page.getByLabel("Search fragments").fill(word);

    // All of them get a category and a tag.
    await row(`${word} of the lantern`).waitFor();
    await page.getByRole("checkbox", { name: "Select all that are loaded" }).click();
    const bar = page.getByRole("toolbar", { name: "Selected fragments" });
    await bar.getByText("4 fragments selected").waitFor();
    await bar.getByRole("button", { name: "Category" }).click();
    await dialog.getByLabel("Category").fill(`light ${word}`);
    await dialog.getByText("4 fragments will stand under").waitFor();
    await dialog.getByRole("button", { name: "Change 4 fragments" }).click();
    await dialog.waitFor({ state: "detached" });
    await bar.getByRole("button", { name: "Tags" }).click();
    await dialog.getByLabel("Add").fill("Warm");
    await dialog.getByRole("button", { name: /^shore/ }).click();
    await dialog.getByText("4 fragments will gain warm. 1 fragment will lose shore.").waitFor();
    await dialog.getByRole("button", { name: "Change tags" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByLabel("Category").selectOption(`light ${word}`);
    await row(`${word} of the sea`).getByText("warm").filter({ visible: true }).waitFor();
    await page
      .getByRole("group", { name: "Filter by tag" })
      .getByRole("button", { name: /^warm 4/ })
      .waitFor();
    expect(await page.getByText("shore").count()).toBe(0);

    // Two go, after a question that says what it means.
    await bar.getByRole("button", { name: "Select none" }).click();
    await page.getByRole("checkbox", { name: `Select ${word} of the sea` }).click();
    await page.getByRole("checkbox", { name: `Select ${word} of the street` }).click();
    await bar.getByRole("button", { name: "Delete" }).click();
    const question = page.getByRole("alertdialog");
    await question.getByText("Nothing has used them so far.", { exact: false }).waitFor();
    await question.getByRole("button", { name: "Delete 2 fragments" }).click();
    await row(`${word} of the sea`).waitFor({ state: "detached" });
    await row(`${word} of the lantern`).waitFor();

    // The address of an open one opens it.
    await page.getByRole("button", { name: `${word} of the lantern` }).click();
    await dialog.getByLabel("Text").waitFor();
    await page.reload();
    await dialog.getByLabel("Text").fill(`${word} of the lantern, low`);
    await dialog.getByRole("button", { name: "Save fragment" }).click();
    await row(`${word} of the lantern, low`).waitFor();
  });

  test("a library is imported, edited, tried and attached to a project", async () => {
    const name = unique("Looks");
    const character = unique("Ines");
    await createCharacter(character, {});
    const other = await createLibrary({ name: unique("Moods"), entries: { mood: "calm" } });
    const page = await tabs.open("/libraries");
    await page.getByRole("button", { name: "New library" }).first().waitFor();
    await chooseFile(page, `${name}.json`, {
      lib_dict: { quality: "sharp focus", base: "%quality%, 35mm", "Old Key": "gone", broken: 3 },
    });
    const dialog = page.getByRole("dialog");
    await dialog.getByText("3 entries").waitFor();
    await dialog.getByText("1 value left out").waitFor();
    await dialog.getByRole("button", { name: "Import library" }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();

    // What is saved is tried while it is typed.
    await page.getByLabel("Text", { exact: true }).fill("a %base% portrait, %nothing%");
    const result = page.getByRole("region", { name: "Result" });
    await result.getByText("a sharp focus, 35mm portrait, %nothing%").waitFor();
    await result.getByText("not exceeded").waitFor();

    // A changed text, a new key, and one that goes: saved together.
    await page.getByLabel("Text of quality").fill("soft focus");
    await page.getByRole("button", { name: "Add an entry" }).click();
    await page.getByLabel("Key of the new entry").fill("Base");
    await page.getByText("There is another base.").waitFor();
    await page.getByLabel("Key of Base", { exact: true }).fill("Loop Start");
    await page.getByLabel("Text of Loop Start").fill("%loop_start%");
    await page.getByRole("button", { name: "Remove old_key" }).click();
    await page.getByText("3 unsaved changes", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Everything is saved").waitFor();
    await result.getByText("a soft focus, 35mm portrait, %nothing%").waitFor();
    await page.getByLabel("Text", { exact: true }).fill("%loop_start%");
    await result.getByText(/^exceeded/).waitFor();
    await page.reload();
    await page.getByLabel("Text of loop_start").waitFor();
    expect(await page.getByLabel("Key of old_key").count()).toBe(0);

    // The export holds what is there.
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export" }).click(),
    ]);
    expect(JSON.parse(await readFile(await file.path(), "utf8"))).toEqual({
      libs: { quality: "soft focus", base: "%quality%, 35mm", loop_start: "%loop_start%" },
      delimiter: "%",
      max_depth: 10,
    });

    // In a project, in order.
    await page.goto("/libraries");
    await choose(page.getByLabel("Project", { exact: true }), `Project of ${character}`);
    await choose(page.getByLabel("Attach a library", { exact: true }), name);
    const attached = page.getByRole("list", { name: "Attached libraries" }).getByRole("listitem");
    await attached.filter({ hasText: name }).waitFor();
    await choose(page.getByLabel("Attach a library", { exact: true }), other.name);
    await attached.filter({ hasText: other.name }).waitFor();
    await page.getByRole("button", { name: `Move ${other.name} up` }).click();
    await expectSoon(async () => ((await attached.first().textContent()) ?? "").includes(other.name));
    await page.getByRole("button", { name: "Try them" }).click();
    await page.getByLabel("Text", { exact: true }).fill("%base%, %mood%");
    await page.getByRole("region", { name: "Result" }).getByText("soft focus, 35mm, calm").waitFor();
  });

  test("two wordings are rendered, compared, and the winner kept", async () => {
    const workflow = await importWorkflow(unique("compare"), textToImage({ positive: "someone", steps: 2 }));
    const slotId = workflow.promptSlots[0]?.id ?? "";
    const sceneType = await createSceneType(unique("Gate"), workflow.id);
    await setSceneDefault(sceneType.id, slotId, "{character_name} waits at the gate");
    const name = unique("Mara");
    const character = await createCharacter(name, {});
    const id = encodeURIComponent;
    const page = await tabs.open(`/comparisons/new?scene=${id(sceneType.id)}&character=${id(character.id)}`);
    const second = page.getByRole("region", { name: "Variant B" });
    const text = second.getByLabel("Positive Prompt 1", { exact: true });
    await expectSoon(async () => (await text.inputValue()) === "{character_name} waits at the gate");
    await page.getByText("Write something else in at least one of them.").waitFor();
    await second.getByLabel("Name of variant B").fill("Rain");
    await text.fill("{character_name} waits in the rain");
    await page.getByRole("button", { name: "Render 2 variants" }).click();

    // Both pictures, and the words that differ.
    await page.getByRole("heading", { name: new RegExp(`^${name} in `), level: 1 }).waitFor();
    const variants = page.getByRole("list", { name: "Variants" }).getByRole("listitem");
    for (const index of [0, 1]) await variants.nth(index).locator("img").waitFor();
    const difference = page.getByRole("region", { name: "Positive Prompt 1" });
    await difference.locator("ins").getByText("rain").waitFor();
    await difference.locator("del").getByText("gate").waitFor();
    await variants.nth(1).locator("img").click();
    await page.getByRole("dialog").getByText("Rain", { exact: true }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("dialog").getByText("As it is", { exact: true }).waitFor();
    await page.keyboard.press("Escape");

    // The winner becomes the scene type's text, and the page says what that changed.
    await variants.nth(1).getByRole("button", { name: "Keep the winner… Rain" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Save the texts of Rain for").selectOption("SCENE_TYPE");
    await dialog.getByRole("button", { name: "Keep the winner" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText(`1 prompt of ${name} changed:`).waitFor();
    await variants.nth(1).getByText("Kept", { exact: true }).waitFor();
    await page.goto(`/scene-types/${id(sceneType.id)}`);
    await expectSoon(
      async () =>
        (await page.getByLabel("Positive Prompt 1", { exact: true }).textContent()) ===
        "{character_name} waits in the rain",
    );

    // It is listed, and its takes lead to it.
    await page.goto(`/gallery?view=takes&character=${id(character.id)}`);
    const take = page.getByRole("listitem").filter({ hasText: name }).first();
    await take.getByRole("link", { name: "Open comparison" }).click();
    await page.getByRole("heading", { name: new RegExp(`^${name} in `), level: 1 }).waitFor();
    await page.goto("/comparisons");
    await page.getByRole("listitem").filter({ hasText: name }).getByText("Rain kept").waitFor();
  });
});

async function chooseFile(page: Page, name: string, content: object): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Import" }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(content)) });
}

async function expectSoon(condition: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(async () => expect(await condition()).toBe(true));
}
