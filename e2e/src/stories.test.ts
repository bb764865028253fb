import type { Page } from "playwright-core";
import { ask, change, eventually, importWorkflow, unique } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { textToImage, withFailure } from "./support/graphs.ts";
import { createLibraryAsset, editSceneAsset, inheritAssets, lanternStory, lockStyle } from "./support/scene-assets.ts";

/** One pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const id = encodeURIComponent;
const scenePath = (sceneId: string | undefined) => `/stories/scenes/${id(sceneId ?? "")}`;
const element = (page: Page, name: string) =>
  page
    .getByRole("region", { name: "Assets of the scene" })
    .getByRole("listitem")
    .filter({ has: page.getByText(name, { exact: true }) });

const stateOf = (page: Page, name: string) => page.getByRole("region", { name: `State of ${name}` });

async function addTag(page: Page, name: string, tag: string): Promise<void> {
  await element(page, name).getByRole("button").click();
  await stateOf(page, name).getByRole("textbox", { name: "Status tags" }).fill(tag);
  await page.keyboard.press("Enter");
  await stateOf(page, name)
    .getByRole("button", { name: `Remove the tag ${tag.toLowerCase()}` })
    .waitFor();
}

async function givePicture(page: Page, name: string): Promise<void> {
  await element(page, name).getByRole("button").click();
  const state = stateOf(page, name);
  await state
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name: `${name}.png`, mimeType: "image/png", buffer: png });
  await state.getByRole("button", { name: `${name} in this scene, large view` }).waitFor();
}

async function addScene(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Add scene" }).click();
  await page.getByRole("dialog").getByLabel("Title").fill(title);
  await page.getByRole("dialog").getByRole("button", { name: "Add scene" }).click();
  await page.getByRole("list", { name: "Scenes" }).getByRole("link", { name: title }).waitFor();
}

async function addProjectAsset(page: Page, name: string, type: string): Promise<void> {
  await page.getByRole("button", { name: "New asset" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Type").selectOption({ label: type });
  await dialog.getByRole("checkbox", { name: "Locked" }).check();
  await dialog.getByRole("button", { name: "Create asset" }).click();
  await page.getByRole("list", { name: "Project assets" }).getByText(name).waitFor();
}

const scenesOn = (page: Page) =>
  page
    .getByRole("list", { name: "Scenes" })
    .locator("[data-sortable-id]")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll("a")]
          .map((link) => link.textContent)
          .filter(Boolean)
          .join(" "),
      ),
    );

describeInBrowser("the stories", () => {
  const tabs = useBrowser();

  test("a story is told from a new project to a scene that is ready", async () => {
    const name = unique("The last lantern");
    const page = await tabs.open("/stories");
    await page.getByRole("button", { name: "New project" }).first().click();
    await page.getByRole("dialog").getByLabel("Name").fill(name);
    await page.getByRole("dialog").getByRole("button", { name: "Create project" }).click();
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByText("No scene yet").waitFor();
    for (const title of ["Closing time", "Tea and smoke", "Over the roofs"]) await addScene(page, title);
    expect(await scenesOn(page)).toEqual(["Closing time", "Tea and smoke", "Over the roofs"]);

    await page.getByRole("tab", { name: /project asset/ }).click();
    await addProjectAsset(page, "Mara", "Character");
    await addProjectAsset(page, "Brass lantern", "Prop");
    await page.getByRole("tab", { name: "3 scenes" }).click();
    await page.getByRole("link", { name: "Closing time" }).click();

    // The first scene starts with what is approved.
    await page.getByRole("button", { name: "Start with the locked assets" }).click();
    await page.getByRole("button", { name: "Inherit 2 assets" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await element(page, "Mara").getByText("Master").waitFor();
    await element(page, "Mara").getByText("Unreviewed").waitFor();
    await element(page, "Mara").getByRole("button").click();
    const text = stateOf(page, "Mara").getByLabel("Description here");
    await text.fill("Drenched to the skin.");
    await page.getByText("Not saved yet").waitFor();
    await text.blur();
    await page.getByText("Saved", { exact: true }).waitFor();
    await addTag(page, "Mara", "Muddy");
    await givePicture(page, "Mara");
    await element(page, "Mara").getByText("Edited").waitFor();
    await addTag(page, "Brass lantern", "cracked");

    // The next one is asked what carries forward.
    await page.getByRole("link", { name: /^Next scene/ }).click();
    await page.getByRole("button", { name: "Inherit from scene 1" }).click();
    const inherited = page.getByRole("list", { name: "What would be inherited" });
    const offered = (of: string) => inherited.getByRole("listitem").filter({ hasText: of });
    await offered("Mara").getByText("muddy").waitFor();
    await offered("Brass lantern").getByRole("radio", { name: "Reset" }).click();
    await page.getByRole("button", { name: "Inherit 2 assets" }).click();
    await element(page, "Mara").getByText("muddy").waitFor();
    await element(page, "Mara").getByText("Scene 1", { exact: true }).waitFor();
    expect(await element(page, "Brass lantern").getByText("cracked").count()).toBe(0);
    await page.getByRole("button", { name: "What changed since scene 1" }).click();
    await page.getByRole("region", { name: "Continuity" }).getByText("cracked").waitFor();

    // What is locked differs from the master: a warning says so.
    await element(page, "Mara").getByRole("button").click();
    await stateOf(page, "Mara").getByRole("button", { name: "Lock" }).click();
    await page
      .getByRole("list", { name: "Continuity warnings" })
      .getByText(/Mara is locked here with another description/)
      .waitFor();
    await page.getByRole("button", { name: "Record of 1 change" }).click();
    await page.getByRole("list", { name: "Changes" }).getByText("locked").waitFor();

    // The gate names what is missing, until nothing is.
    await page.getByRole("button", { name: "On to its assets" }).click();
    await page.getByRole("button", { name: "Mark ready: 2 missing" }).click();
    const missing = page.getByRole("list", { name: "What is missing" });
    await missing.getByText("The project has no locked visual style").waitFor();
    await missing
      .getByRole("listitem")
      .filter({ hasText: /brass lantern has no image/i })
      .getByRole("button", { name: "Show" })
      .click();
    await givePicture(page, "Brass lantern");
    await page.getByRole("button", { name: "Mark ready: 1 missing" }).waitFor();
    await page.screenshot({ path: `${screenshots}/story-gate.png` });
    const { scene } = await ask<{ scene: { branch: { project: { id: string } } } }>(
      "query ($id: ID!) { scene(id: $id) { branch { project { id } } } }",
      { id: decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? "") },
    );
    await lockStyle(scene.branch.project.id);
    await page.reload();
    await page.getByRole("button", { name: "Mark ready", exact: true }).click();
    await page.getByRole("main").getByText("Ready", { exact: true }).first().waitFor();
  });

  test("two people see each other's changes", async () => {
    const story = await lanternStory();
    const [first] = story.scenes;
    const states = await inheritAssets(first ?? "");
    const [one, other] = [
      await tabs.open(scenePath(first)),
      await tabs.open(`/stories/branches/${id(story.branchId)}`),
    ];
    await other.getByRole("link", { name: "Closing time" }).waitFor();
    await addTag(one, "Mara", "torn");
    await other.getByRole("tab", { name: "Find across scenes" }).click();
    await other.getByRole("button", { name: /^torn/ }).waitFor();
    await editSceneAsset(states["Brass lantern"] ?? "", { statusTags: ["torn", "cracked"] });
    await other.getByRole("button", { name: /^torn 2/ }).click();
    await other.getByRole("button", { name: /^cracked 1/ }).click();
    await other.getByText("2 states").waitFor();
    await other.getByRole("radio", { name: "All" }).click();
    await other.getByText("1 state", { exact: true }).waitFor();
    // The address holds what is looked for.
    await other.reload();
    await other.getByText("1 state", { exact: true }).waitFor();
    await element(one, "Brass lantern").getByText("cracked").waitFor();

    // What is being written stays, whatever others change.
    await one.getByLabel("Description here").fill("Half written");
    await editSceneAsset(states["Mara"] ?? "", { carryForward: false });
    await eventually(async () => expect(await one.getByLabel("Carries forward").isChecked()).toBe(false));
    expect(await one.getByLabel("Description here").inputValue()).toBe("Half written");

    // Changes that follow each other at once are all kept.
    const mara = stateOf(one, "Mara");
    await mara.getByRole("button", { name: "Remove the tag torn" }).click();
    await mara.getByRole("textbox", { name: "Status tags" }).fill("dry");
    await one.keyboard.press("Enter");
    await eventually(async () =>
      expect(
        await ask("query ($id: ID!) { node(id: $id) { ... on SceneAsset { statusTags } } }", { id: states["Mara"] }),
      ).toEqual({ node: { statusTags: ["dry"] } }),
    );
  });

  test("scenes are put into another order by keyboard, deleted with the consequences named, and forked", async () => {
    const story = await lanternStory();
    await inheritAssets(story.scenes[0] ?? "");
    const page = await tabs.open(`/stories/branches/${id(story.branchId)}`);
    await page.getByRole("button", { name: "Move Over the roofs" }).press("Alt+ArrowUp");
    await eventually(async () =>
      expect(await scenesOn(page)).toEqual(["Closing time", "Over the roofs", "Tea and smoke"]),
    );
    await page.reload();
    await eventually(async () =>
      expect(await scenesOn(page)).toEqual(["Closing time", "Over the roofs", "Tea and smoke"]),
    );
    await page.getByRole("button", { name: "More actions for Closing time" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByText(/The states of its 2 assets go, with their record. Scenes 2 to 3 become 1 to 2./).waitFor();
    await page.getByRole("button", { name: "Delete scene" }).click();
    await eventually(async () => expect(await scenesOn(page)).toEqual(["Over the roofs", "Tea and smoke"]));

    await page.getByRole("button", { name: "Fork" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Night version");
    await page.getByRole("button", { name: "Fork branch" }).click();
    await page.getByText("forked from main").waitFor();
    await page.getByRole("button", { name: "Make active" }).click();
    await page.getByText("Active", { exact: true }).waitFor();
    expect(await scenesOn(page)).toEqual(["Over the roofs", "Tea and smoke"]);
  });

  test("a scene is given what its script names, and what the studio's library has, once the match is settled", async () => {
    const story = await lanternStory();
    const twin = unique("Ilya");
    const rope = unique("Rope ladder");
    await createLibraryAsset({ type: "CHARACTER", name: twin, description: "Grey beard." });
    await createLibraryAsset({ type: "PROP", name: rope, description: "Twelve rungs." });
    const page = await tabs.open(scenePath(story.scenes[1]));
    await page.getByRole("button", { name: "Detect" }).click();
    await page.getByRole("button", { name: "Ask the language model" }).click();
    const suggested = page.getByRole("checkbox", { name: "Take Mara" });
    await suggested.waitFor();
    await page.getByRole("checkbox", { name: "Add Ilya" }).uncheck();
    await page.getByRole("button", { name: "Add 1 asset" }).click();
    await page.getByRole("checkbox", { name: "Add Mara" }).waitFor({ state: "hidden" });
    // What is in the scene is no suggestion any more.
    await suggested.waitFor({ state: "hidden" });
    await page.keyboard.press("Escape");
    await element(page, "Mara").waitFor();

    const library = page.getByRole("complementary", { name: "Studio library" });
    await library.getByRole("button", { name: `Add ${twin}` }).click();
    await page.getByRole("radio", { name: /^Ilya/ }).check();
    await page.getByRole("button", { name: "Link it and add" }).click();
    await element(page, "Ilya").waitFor();

    const tile = library.getByText(rope);
    await tile.hover();
    await page.mouse.down();
    const target = await page.getByRole("region", { name: "Assets of the scene" }).boundingBox();
    if (!target) throw new Error("the scene is not in sight");
    await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 12 });
    await page.mouse.up();
    await page.getByRole("radio", { name: `A new project asset, ${rope}` }).check();
    await page.getByRole("button", { name: "Make it and add" }).click();
    await element(page, rope).waitFor();
  });

  test("pictures of assets are made once their cost is agreed to", async () => {
    const story = await lanternStory();
    const workflow = await importWorkflow(unique("Asset sheet"), textToImage({ steps: 4 }));
    await inheritAssets(story.scenes[0] ?? "");
    const page = await tabs.open(scenePath(story.scenes[0]));
    await page.getByRole("checkbox", { name: "Select all" }).check();
    await page.getByRole("button", { name: "Generate 2" }).click();
    const blockers = page.getByRole("list", { name: "What stands against it" });
    await blockers
      .getByText(/visual style/i)
      .first()
      .waitFor();
    await page.keyboard.press("Escape");
    await lockStyle(story.projectId);
    await page.getByRole("button", { name: "Generate 2" }).click();
    await page.getByLabel("Workflow for pictures of assets").selectOption({ label: workflow.name });
    await page.getByRole("dialog").getByRole("button", { name: "Generate 2" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await element(page, "Mara").locator("img").waitFor();
    await element(page, "Brass lantern").locator("img").waitFor();
    await element(page, "Mara").getByText("Ready").waitFor();
  });

  test("pictures that fail are named with the reason and their job, and are asked for again", async () => {
    const story = await lanternStory();
    await importWorkflow(unique("Broken sheet"), withFailure(textToImage({ steps: 1 }), "no ink")).then((workflow) =>
      change(
        "setAssetWorkflow",
        "SetAssetWorkflowInput",
        { projectId: story.projectId, workflowId: workflow.id },
        "__typename",
      ),
    );
    await lockStyle(story.projectId);
    await inheritAssets(story.scenes[0] ?? "");
    const page = await tabs.open(scenePath(story.scenes[0]));
    await page.getByRole("checkbox", { name: "Select all" }).check();
    await page.getByRole("button", { name: "Generate 2" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Generate 2" }).click();
    await page.getByText("2 pictures failed").waitFor();
    const failed = page.getByRole("list", { name: "Failed pictures" }).getByRole("listitem");
    await failed.filter({ hasText: "Mara" }).getByText("no ink").waitFor();
    await page.screenshot({ path: `${screenshots}/story-pictures-failed.png` });
    await failed.first().getByRole("link", { name: "Its job" }).waitFor();
    await page.getByRole("button", { name: "Generate again" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Generate 2" }).waitFor();
  });

  test("a scene is read and reviewed on a phone", async () => {
    const story = await lanternStory();
    await inheritAssets(story.scenes[0] ?? "");
    const page = await tabs.open(scenePath(story.scenes[0]), {
      viewport: { width: 390, height: 844 },
      colorScheme: "light",
      hasTouch: true,
      isMobile: true,
    });
    await element(page, "Mara").getByRole("button").click();
    await stateOf(page, "Mara").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await accessibilityIssues(page)).toEqual([]);
    await page.getByRole("button", { name: "All assets of the scene" }).click();
    await page.getByRole("button", { name: "From the studio’s library" }).click();
    await page.getByRole("dialog").getByLabel("Search the library").waitFor();
  });
});
