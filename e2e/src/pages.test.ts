import type { Page } from "playwright-core";
import {
  change,
  compareVariants,
  createCharacter,
  createFragment,
  createLibrary,
  createSceneType,
  eventually,
  generateTake,
  importWorkflow,
  jobReaches,
  setSceneDefault,
  submitJob,
  unique,
} from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { filmableStory, filmReaches, startFilm } from "./support/films.ts";
import { failing, textToImage } from "./support/graphs.ts";
import { editSceneAsset, inheritAssets, lanternStory } from "./support/scene-assets.ts";
import { importPrompts, tellStory } from "./support/stories.ts";
import { translatedWork } from "./support/works.ts";

const prompts = [
  "a lantern seller at a night market, rain on the cobbles",
  "a lighthouse keeper on the stairs, storm outside",
];

interface Shown {
  name: string;
  path: string;
  /** There when the page has what it shows. */
  ready: (page: Page) => Promise<void>;
}

describeInBrowser("every page", () => {
  const tabs = useBrowser();
  const pages: Shown[] = [];

  beforeAll(async () => {
    const [first = "", second = ""] = prompts;
    const workflow = await importWorkflow(unique("Night market"), textToImage({ positive: first, steps: 4 }));
    const other = await importWorkflow(unique("Storm"), textToImage({ positive: second, steps: 4 }));
    const broken = await importWorkflow(unique("Broken"), failing("CUDA out of memory. Tried to allocate 2.50 GiB"));
    const sceneType = await createSceneType(unique("Walk through the market"), workflow.id);
    await setSceneDefault(
      sceneType.id,
      workflow.promptSlots[0]?.id ?? "",
      "{character_name}, {hair} hair, {coat}, at the market",
    );
    const character = await createCharacter(unique("Ines"), { hair: "copper", age: "34" });
    const shoot = unique("Day");
    const done = await submitJob({ workflowId: workflow.id, name: `${shoot}: night market, wide`, tries: 6 });
    const alsoDone = await submitJob({
      workflowId: other.id,
      name: `${shoot}: storm at the lighthouse, with a name that is far too long for any phone`,
      tries: 2,
    });
    const failed = await submitJob({ workflowId: broken.id, name: `${shoot}: close-up of the lantern`, tries: 2 });
    const { job } = await generateTake({ sceneTypeId: sceneType.id, characterId: character.id, allowUnresolved: true });
    const fragment = unique("lantern light from below, with a text that is long enough for two lines on a phone");
    await createFragment(fragment);
    const library = await createLibrary({ name: unique("Looks"), entries: { film: "35mm, %grain%", grain: "fine" } });
    const comparison = await compareVariants({
      sceneTypeId: sceneType.id,
      characterId: character.id,
      allowUnresolved: true,
      variants: [
        { label: "As it is" },
        { texts: [{ slotId: workflow.promptSlots[0]?.id, text: "rain at the market" }] },
      ],
    });
    const story = await tellStory("Night Market", ["Closing time", "Into the rain"], { film: "35mm, grain" });
    const [sceneId = ""] = story.sceneIds;
    const style = await change<{ visualStyle: { id: string } }>(
      "createVisualStyle",
      "CreateVisualStyleInput",
      { projectId: story.projectId, name: "Wet neon", prompt: "cut paper, one warm lantern" },
      "visualStyle { id }",
    );
    const libraryAsset = unique("Tea kettle");
    await change(
      "createLibraryAsset",
      "CreateLibraryAssetInput",
      { type: "PROP", name: libraryAsset, description: "Dented copper, a bent spout" },
      "libraryAsset { id }",
    );
    await importPrompts(
      { branchId: story.branchId },
      {
        version: 2,
        prompts: { subject: { value: "the market at night" }, look: { value: "%film%", tags: ["film"] } },
        compositions: { picture: ["subject", "look"] },
      },
    );
    await importPrompts({ sceneId }, { version: 2, prompts: { subject: { value: "a lantern changes hands" } } });
    const board = await lanternStory();
    const states = await inheritAssets(board.scenes[0] ?? "");
    await editSceneAsset(states["Mara"] ?? "", { statusTags: ["drenched"], descriptionOverride: "Wet through." });
    await inheritAssets(board.scenes[1] ?? "");
    for (const id of [done.id, alsoDone.id, job.id, ...comparison.jobIds]) await jobReaches(id, "SUCCEEDED");
    await jobReaches(failed.id, "FAILED");
    const filmed = await filmableStory("Ferry", ["Last boat", "Open water"]);
    const film = await startFilm(filmed, { variants: 2 });
    await filmReaches(film, "CHOOSING");
    const work = await translatedWork("The lantern quay");
    const id = encodeURIComponent;
    const text = (content: string | RegExp) => (page: Page) =>
      page.getByRole("main").getByText(content).filter({ visible: true }).first().waitFor();
    const image = (page: Page) => page.locator("main img").filter({ visible: true }).first().waitFor();
    pages.push(
      { name: "queue", path: `/?q=${id(shoot)}`, ready: text(failed.name) },
      { name: "job", path: `/jobs/${id(done.id)}`, ready: image },
      { name: "job-failed", path: `/jobs/${id(failed.id)}`, ready: text(/CUDA out of memory/) },
      { name: "generate-empty", path: "/generate", ready: text("Its prompts and settings become the form here.") },
      { name: "generate", path: `/generate?workflow=${id(workflow.id)}`, ready: text("Positive Prompt 1") },
      { name: "workflows", path: "/workflows", ready: text(workflow.name) },
      { name: "workflow", path: `/workflows/${id(workflow.id)}`, ready: text("Positive Prompt 1") },
      { name: "scene-types", path: "/scene-types", ready: text(/Walk through the market/) },
      { name: "scene-type", path: `/scene-types/${id(sceneType.id)}`, ready: text("Becomes") },
      { name: "stories", path: "/stories", ready: text(board.name) },
      { name: "story-scenes", path: `/stories/branches/${id(board.branchId)}`, ready: text("Closing time") },
      {
        name: "story-assets",
        path: `/stories/branches/${id(board.branchId)}?view=assets`,
        ready: text("Brass lantern"),
      },
      {
        name: "story-find",
        path: `/stories/branches/${id(board.branchId)}?view=find&tags=drenched`,
        ready: text("2 states"),
      },
      { name: "story-scene", path: `/stories/scenes/${id(board.scenes[1] ?? "")}`, ready: text("Visual elements") },
      {
        name: "story-script",
        path: `/stories/scenes/${id(board.scenes[0] ?? "")}?view=script`,
        ready: text("How it ends"),
      },
      { name: "story-empty-scene", path: `/stories/scenes/${id(board.scenes[2] ?? "")}`, ready: text(/^No assets/) },
      { name: "characters", path: "/characters", ready: text(/Ines/) },
      {
        name: "character",
        path: `/characters/${id(character.id)}?scene=${id(sceneType.id)}`,
        ready: text(/has no value/),
      },
      { name: "fragments", path: "/fragments", ready: text(fragment) },
      { name: "libraries", path: "/libraries", ready: text(library.name) },
      { name: "library", path: `/libraries/${id(library.id)}`, ready: text("Delimiter") },
      { name: "comparisons", path: "/comparisons", ready: text(/^Ines .* in Walk through the market/) },
      { name: "comparison", path: `/comparisons/${id(comparison.id)}`, ready: image },
      {
        name: "new-comparison",
        path: `/comparisons/new?scene=${id(sceneType.id)}&character=${id(character.id)}`,
        ready: text("Name of variant B"),
      },
      {
        name: "scene-prompts",
        path: `/stories/scenes/${id(sceneId)}/prompts`,
        ready: text("a lantern changes hands, 35mm, grain"),
      },
      {
        name: "branch-prompts",
        path: `/stories/branches/${id(story.branchId)}/prompts`,
        ready: text("the market at night, 35mm, grain"),
      },
      {
        name: "visual-styles",
        path: `/stories/styles?project=${id(story.projectId)}&style=${id(style.visualStyle.id)}`,
        ready: text("cut paper, one warm lantern"),
      },
      { name: "film", path: `/stories/executions/${id(film)}`, ready: image },
      { name: "films", path: `/stories/branches/${id(filmed.branchId)}/executions`, ready: image },
      {
        name: "film-start",
        path: `/stories/branches/${id(filmed.branchId)}/executions/new`,
        ready: text("Can be started; look at this first"),
      },
      { name: "asset-library", path: "/asset-library", ready: text(libraryAsset) },
      { name: "works", path: "/works", ready: text(work.title) },
      { name: "work", path: `/works/${id(work.id)}`, ready: text("Prompt version 1") },
      { name: "chapter", path: `/works/chapters/${id(work.chapterId)}`, ready: text("Succeeded") },
      { name: "empty-chapter", path: `/works/chapters/${id(work.emptyChapterId)}`, ready: text(/^No text yet/) },
      { name: "gallery", path: "/gallery", ready: image },
      { name: "takes", path: "/gallery?view=takes", ready: image },
      { name: "machines", path: "/machines", ready: text("Simulator 1") },
      { name: "settings", path: "/settings", ready: text("Staged inputs") },
      {
        name: "api-explorer",
        path: "/api-explorer",
        ready: (page) => page.locator(".graphiql-query-editor .view-line").first().waitFor(),
      },
      { name: "not-found", path: "/nowhere", ready: text("There is no such page") },
    );
  });

  test("has no serious accessibility issue in the dark and the light theme", async () => {
    tabs.allow(/404.*\/nowhere/);
    const page = await tabs.open(undefined, { colorScheme: "dark", reducedMotion: "reduce" });
    const found: string[] = [];
    for (const shown of pages) {
      await page.emulateMedia({ colorScheme: "dark" });
      await show(page, shown);
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-theme=${colorScheme}]`).waitFor({ state: "attached" });
        await page.screenshot({ path: `${screenshots}/${shown.name}-${colorScheme}.png` });
        const issues = await accessibilityIssues(page);
        found.push(...issues.map((issue) => `${shown.name}, ${colorScheme}: ${issue}`));
      }
    }
    expect(found).toEqual([]);
  });

  test("fits a phone 390 pixels wide, without a serious accessibility issue", async () => {
    tabs.allow(/404.*\/nowhere/);
    const page = await tabs.open(undefined, {
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
      hasTouch: true,
      isMobile: true,
    });
    const found: string[] = [];
    for (const shown of pages) {
      await show(page, shown);
      await page.screenshot({ path: `${screenshots}/${shown.name}-390.png`, fullPage: true });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 390) found.push(`${shown.name}: ${width} px`);
      found.push(...(await accessibilityIssues(page)).map((issue) => `${shown.name}: ${issue}`));
    }
    expect(found).toEqual([]);
  });

  test("dialogs have no serious accessibility issue", async () => {
    const page = await tabs.open(undefined, { reducedMotion: "reduce" });
    const found: string[] = [];
    const check = async (name: string) => {
      await page.getByRole("dialog").waitFor();
      await page.screenshot({ path: `${screenshots}/dialog-${name}.png` });
      found.push(...(await accessibilityIssues(page)).map((issue) => `${name}: ${issue}`));
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    };
    await page.goto("/workflows");
    await page.getByRole("button", { name: "Import" }).first().click();
    await check("import");
    await page.keyboard.press("Control+k");
    await check("palette");
    await page.keyboard.press("?");
    await check("shortcuts");
    await page.goto("/scene-types");
    await page.getByRole("button", { name: "New scene type" }).first().click();
    await check("scene-type");
    await page.goto("/gallery");
    await page.locator("main img").first().click();
    await check("lightbox");
    await page.goto("/fragments");
    await page.getByRole("button", { name: "New fragment" }).first().click();
    await check("fragment");
    await page.goto("/libraries");
    await page.getByRole("button", { name: "New library" }).first().click();
    await check("library");
    await page.goto("/works");
    await page.getByRole("button", { name: "New work" }).first().click();
    await check("work");
    await page
      .getByRole("link", { name: /^The lantern quay/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Edit prompt" }).click();
    await check("prompt");
    await page.getByRole("button", { name: "Compare version 2 with the one before" }).click();
    await check("prompt-diff");
    await page.goto("/machines");
    await page.getByRole("button", { name: "Add machine" }).first().click();
    await check("machine");
    await page.goto("/settings");
    await page.getByRole("button", { name: "Change how long outputs are kept" }).click();
    await check("retention");
    await page.getByRole("button", { name: "Notifications", exact: true }).click();
    await check("notifications");
    expect(found).toEqual([]);
  });
});

async function show(page: Page, { path, ready }: Shown): Promise<void> {
  await page.goto(path);
  await ready(page);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.allSettled(Array.from(document.images, (image) => image.loading !== "lazy" && image.decode()));
  });
  // Pictures below the window load when they come near; those in it have to be there.
  await eventually(() =>
    page.evaluate(() => {
      const missing = Array.from(document.images).filter(
        (image) => !image.complete && image.checkVisibility() && image.getBoundingClientRect().top < window.innerHeight,
      );
      if (missing.length > 0) throw new Error(`${missing.length} pictures are not there`);
    }),
  );
}
