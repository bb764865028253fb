import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { importWorkflow, unique } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { choose } from "./support/choose.ts";
import { dropFilesOn } from "./support/drop-file.ts";
import { type Filmable, filmableStory, filmReaches, startFilm } from "./support/films.ts";
import { imageToImage, withFailure } from "./support/graphs.ts";

const titles = ["Closing time", "Into the rain", "The bridge"];

describeInBrowser("films", () => {
  const tabs = useBrowser();
  let story: Filmable;
  /** Where the film of the first test is. */
  let path = "";

  beforeAll(async () => {
    story = await filmableStory("Night Market", titles);
  });

  test("a branch becomes a film: images come, one of each scene is chosen, clips and film follow, all in a zip", async () => {
    const page = await tabs.open(`/stories/branches/${encodeURIComponent(story.branchId)}`);
    await page.getByRole("link", { name: "Film", exact: true }).click();
    await page.getByText("No film yet").waitFor();
    await page.getByRole("link", { name: "Render the film" }).click();
    await page.getByText(/^Still wanted: an input picture, an image workflow, a clip workflow\./).waitFor();
    await dropFilesOn(page, page.getByRole("button", { name: "Drop a picture, or choose a file" }), [
      { name: "market.png" },
    ]);
    await page.getByRole("button", { name: "Input picture, large view" }).waitFor();
    await choose(page.getByRole("combobox", { name: "Image workflow" }), story.images.name);
    await choose(page.getByRole("combobox", { name: "Clip workflow" }), story.clips.name);
    await map(page, "Images of each scene", "look");
    await map(page, "Clips from scene to scene", "move");
    // A scene may take another prompt than its branch.
    await page.getByRole("button", { name: "Other prompts in single scenes" }).click();
    const second = page.getByRole("list", { name: "Prompts of single scenes" }).getByRole("listitem").nth(1);
    await second.getByRole("combobox").first().selectOption({ label: "move" });

    await page.getByRole("button", { name: "Render the film" }).click();
    await page.getByRole("alertdialog", { name: "Render 3 scenes × 2 images, then 2 transitions?" }).waitFor();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText("Waits for your choice", { exact: true }).waitFor();
    path = new URL(page.url()).pathname;
    await page.getByRole("list", { name: "Scenes" }).locator("img").nth(5).waitFor();

    await image(page, 2, titles[1]).click();
    await chosen(page, 2, titles[1]).waitFor();
    // From the keyboard: down to the next scene, then the second image.
    await image(page, 2, titles[1]).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("2");
    await chosen(page, 2, titles[2]).waitFor();
    await page.keyboard.press("o");
    const large = page.getByRole("dialog");
    await large.getByText("image 2 of 2").waitFor();
    await large.getByText("the market at night, wet cobbles").waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Make 2 clips and the film" }).click();
    await page.getByText("Film is there").waitFor();
    await page.getByRole("button", { name: /^Closing time to Into the rain, .* play the clip$/ }).waitFor();
    await page.waitForFunction(() => (document.querySelector("video")?.readyState ?? 0) >= 1);
    await page.getByText("17 frames").waitFor();

    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download zip" }).click();
    const zip = readFileSync(await (await downloading).path()).toString("latin1");
    for (const name of ["final.mp4", "images/001_into-the-rain_01.png", "metadata.json"]) expect(zip).toContain(name);
  });

  test("another choice makes only the clips that touch its scene anew; the former film stays until then", async () => {
    const page = await tabs.open(path);
    await image(page, 2, titles[0]).click();
    await chosen(page, 2, titles[0]).waitFor();
    await page.getByText("The former film; it stays until the next one is joined.").waitFor();
    await page.getByRole("button", { name: "Make 1 clip and the film" }).click();
    await page.getByText("Film is there").waitFor();
  });

  test("a film is canceled with the consequences said, and goes on later", async () => {
    const page = await tabs.open(`/stories/branches/${encodeURIComponent(story.branchId)}/executions`);
    await page.getByRole("list", { name: "Films" }).getByText("Film is there").first().waitFor();
    await page.getByRole("link", { name: "Render the film" }).click();
    // The form begins with what the last film was made of.
    await page.getByRole("button", { name: "Render the film" }).click();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText("Waits for your choice", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await page.getByText("0 images and 2 clips are not made.").waitFor();
    await page.getByRole("button", { name: "Cancel the film" }).click();
    await page.getByText("Canceled", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Go on" }).click();
    await page.getByText("Waits for your choice", { exact: true }).waitFor();
  });

  test("a film whose images fail names each scene with the reason and its job; trying again keeps what there is", async () => {
    const broken = await importWorkflow(unique("Broken image"), withFailure(imageToImage(), "lens cap left on"));
    const filmed = await filmableStory("Day Market", titles);
    const id = await startFilm({ ...filmed, images: broken }, { variants: 1 });
    await filmReaches(id, "FAILED");
    const page = await tabs.open(`/stories/executions/${encodeURIComponent(id)}`);
    for (const title of titles)
      await page.getByText(`${title} failed: SimulatorFail: lens cap left on`, { exact: false }).waitFor();
    await page.screenshot({ path: `${screenshots}/film-failed.png`, fullPage: true });
    await page.getByRole("button", { name: "Try again" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Try again what failed?" });
    await dialog.getByText("3 images and 2 clips are made. 0 images and 0 clips stay as they are.").waitFor();
    await dialog.getByRole("button", { name: "Try again" }).click();
    await dialog.waitFor({ state: "hidden" });
    await filmReaches(id, "FAILED");
    await page.getByRole("link", { name: "Its job" }).first().click();
    await page.getByText("lens cap left on").first().waitFor();
  });

  test.each(["dark", "light"] as const)("has no serious accessibility issue in the %s theme", async (colorScheme) => {
    const found: string[] = [];
    for (const [name, options] of [
      ["wide", {}],
      ["390", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
    ] as const) {
      const page = await tabs.open(path, { colorScheme, reducedMotion: "reduce", ...options });
      await page.getByText("Film is there").waitFor();
      await page.screenshot({ path: `${screenshots}/film-${name}-${colorScheme}.png`, fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        page.viewportSize()?.width ?? 0,
      );
      found.push(...(await accessibilityIssues(page)).map((issue) => `${name}: ${issue}`));
      await page.goto(`/stories/branches/${encodeURIComponent(story.branchId)}/executions/new`);
      await page.getByText("Nothing stands against it").waitFor();
      await page.screenshot({ path: `${screenshots}/film-start-${name}-${colorScheme}.png`, fullPage: true });
      found.push(...(await accessibilityIssues(page)).map((issue) => `start ${name}: ${issue}`));
    }
    expect(found).toEqual([]);
  });
});

const image = (page: Page, number: number, title = "") =>
  page.getByRole("button", { name: `Image ${number} of ${title}`, exact: true });

const chosen = (page: Page, number: number, title = "") =>
  page.getByRole("button", { name: `Image ${number} of ${title}`, exact: true, pressed: true });

/** Maps the first slot of a stage to a prompt. */
async function map(page: Page, stage: string, name: string): Promise<void> {
  const slot = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: stage }) })
    .getByRole("list", { name: "Prompts" })
    .getByRole("combobox")
    .first();
  await slot.selectOption({ label: name });
  await page.getByText("The workflow’s own text").first().waitFor();
}
