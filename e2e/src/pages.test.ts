import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as AxeCore from "axe-core";
import type { Page } from "playwright-core";
import {
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
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { failing, textToImage } from "./support/graphs.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
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
    const done = await submitJob({ workflowId: workflow.id, name: "Night market, wide", tries: 6 });
    const alsoDone = await submitJob({
      workflowId: other.id,
      name: "Storm at the lighthouse, with a name that is far too long for any phone",
      tries: 2,
    });
    const failed = await submitJob({ workflowId: broken.id, name: "Close-up of the lantern", tries: 2 });
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
    for (const id of [done.id, alsoDone.id, job.id, ...comparison.jobIds]) await jobReaches(id, "SUCCEEDED");
    await jobReaches(failed.id, "FAILED");
    const id = encodeURIComponent;
    const text = (content: string | RegExp) => (page: Page) =>
      page.getByRole("main").getByText(content).filter({ visible: true }).first().waitFor();
    const image = (page: Page) => page.locator("main img").filter({ visible: true }).first().waitFor();
    pages.push(
      { name: "queue", path: "/", ready: text(failed.name) },
      { name: "job", path: `/jobs/${id(done.id)}`, ready: image },
      { name: "job-failed", path: `/jobs/${id(failed.id)}`, ready: text(/CUDA out of memory/) },
      { name: "generate-empty", path: "/generate", ready: text("Its prompts and settings become the form here.") },
      { name: "generate", path: `/generate?workflow=${id(workflow.id)}`, ready: text("Positive Prompt 1") },
      { name: "workflows", path: "/workflows", ready: text(workflow.name) },
      { name: "workflow", path: `/workflows/${id(workflow.id)}`, ready: text("Positive Prompt 1") },
      { name: "scene-types", path: "/scene-types", ready: text(/Walk through the market/) },
      { name: "scene-type", path: `/scene-types/${id(sceneType.id)}`, ready: text("Becomes") },
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
      { name: "gallery", path: "/gallery", ready: image },
      { name: "takes", path: "/gallery?view=takes", ready: image },
      { name: "machines", path: "/machines", ready: text("Simulator 1") },
      { name: "not-found", path: "/nowhere", ready: text("There is no such page") },
    );
  });

  test.each(["dark", "light"] as const)("has no serious accessibility issue in the %s theme", async (colorScheme) => {
    tabs.allow(/404.*\/nowhere/);
    const page = await tabs.open(undefined, { colorScheme, reducedMotion: "reduce" });
    const found: string[] = [];
    for (const shown of pages) {
      await show(page, shown);
      await page.screenshot({ path: `${screenshots}/${shown.name}-${colorScheme}.png` });
      found.push(...(await accessibilityIssues(page)).map((issue) => `${shown.name}: ${issue}`));
    }
    expect(found).toEqual([]);
  });

  test("fits a phone 390 pixels wide", async () => {
    tabs.allow(/404.*\/nowhere/);
    const page = await tabs.open(undefined, {
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
      hasTouch: true,
      isMobile: true,
    });
    const tooWide: string[] = [];
    for (const shown of pages) {
      await show(page, shown);
      await page.screenshot({ path: `${screenshots}/${shown.name}-390.png`, fullPage: true });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 390) tooWide.push(`${shown.name}: ${width} px`);
    }
    expect(tooWide).toEqual([]);
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
    await page.goto("/machines");
    await page.getByRole("button", { name: "Add machine" }).first().click();
    await check("machine");
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

/** Serious and critical findings of axe under WCAG 2.2 AA, with where they are. */
async function accessibilityIssues(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: tool } = window as unknown as { axe: typeof AxeCore };
    const { violations } = await tool.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
}
