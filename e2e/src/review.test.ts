import type { Locator, Page } from "playwright-core";
import {
  createCharacter,
  createSceneType,
  eventually,
  generateTake,
  importWorkflow,
  jobReaches,
  outputsOf,
  submitJob,
  takeReaches,
  unique,
} from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { clip, textToImage } from "./support/graphs.ts";

describeInBrowser("review", () => {
  const tabs = useBrowser();
  const tilesOf = (page: Page) => page.getByRole("group", { name: "Outputs" }).locator("button[data-output]");
  const focused = (page: Page) =>
    page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset["output"] ?? "");

  /** The gallery of one workflow's outputs. */
  async function gallery(tries: number, options: Parameters<typeof tabs.open>[1] = {}) {
    const workflow = await importWorkflow(unique("review"), textToImage({ steps: 1 }));
    const job = await submitJob({ workflowId: workflow.id, name: unique("shots"), tries });
    await jobReaches(job.id, "SUCCEEDED");
    const page = await tabs.open(`/gallery?workflow=${encodeURIComponent(workflow.id)}`, options);
    await tilesOf(page).first().locator("img").waitFor();
    return { page, job, workflow };
  }

  test("an output opens by key, shows what made it and closes to where it was; the address brings it back", async () => {
    const { page, job } = await gallery(3);
    const tiles = tilesOf(page);
    const [, second, third] = await tiles.evaluateAll((all) => all.map(({ dataset }) => dataset["output"]));
    await tiles.first().focus();
    await page.keyboard.press("ArrowRight");
    await eventually(async () => expect(await focused(page)).toBe(second));
    await page.keyboard.press("Enter");
    const large = page.getByRole("dialog");
    await large.getByText("2 of 3").waitFor();
    const about = large.getByRole("complementary", { name: "About this file" });
    await about.getByText("a lighthouse at dusk").waitFor();
    await about.getByText("sd_xl_base_1.0", { exact: true }).waitFor();
    await about.getByRole("link", { name: `${job.name}, run` }).waitFor();
    await page.keyboard.press("z");
    await large.getByRole("region", { name: /at full size/ }).waitFor();
    await page.keyboard.press("z");
    await page.keyboard.press("i");
    await about.waitFor({ state: "detached" });
    await page.keyboard.press("ArrowRight");
    await large.getByText("3 of 3").waitFor();
    await eventually(async () => expect(page.url()).toContain(`open=${encodeURIComponent(third ?? "")}`));
    await page.reload();
    await large.getByText("3 of 3").waitFor();
    await page.keyboard.press("Escape");
    await large.waitFor({ state: "detached" });
    await eventually(async () => expect(await focused(page)).toBe(third));
    expect(page.url()).not.toContain("open=");
  });

  test("the large view goes on past what was loaded, and the grid holds only what is near the window", async () => {
    const { page } = await gallery(64, { viewport: { width: 1440, height: 500 } });
    const tiles = tilesOf(page);
    await tiles.first().click();
    const large = page.getByRole("dialog");
    await large.getByText("1 of 64").waitFor();
    await page.keyboard.press("End");
    await large.getByText(/^6\d of 64$/).waitFor();
    await eventually(async () => {
      await page.keyboard.press("End");
      expect(await large.getByText("64 of 64").count()).toBe(1);
    });
    await page.keyboard.press("Escape");
    await eventually(async () => expect(await focused(page)).not.toBe(""));
    expect(await tiles.count()).toBeLessThan(60);
  });

  test("two outputs stand side by side with only what differs", async () => {
    const workflow = await importWorkflow(unique("pair"), textToImage({ steps: 1 }));
    const jobs = await Promise.all(
      ["a red door", "a blue door"].map((positive, n) =>
        submitJob({
          workflowId: workflow.id,
          name: unique("door"),
          params: { positive_prompt: positive },
          seedMode: "FIXED",
          seed: String(100 + n),
        }),
      ),
    );
    for (const { id } of jobs) await jobReaches(id, "SUCCEEDED");
    const page = await tabs.open(`/gallery?workflow=${encodeURIComponent(workflow.id)}`);
    const tiles = tilesOf(page);
    await tiles.nth(1).waitFor();
    await tiles.first().focus();
    await page.keyboard.press("x");
    await page.getByText("1 marked. Mark another to compare them.").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("x");
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await page.getByRole("heading", { name: "Side by side" }).waitFor();
    const differences = page.getByRole("table");
    await differences.getByRole("row", { name: /^Seed/ }).waitFor();
    const differing = await differences.getByRole("rowheader").allTextContents();
    // Which machine took which is chance.
    expect(differing.filter((name) => name !== "Machine")).toEqual(["Seed", "Positive Prompt 1"]);
    expect(await differences.locator("del, ins").allTextContents()).toEqual(expect.arrayContaining(["red", "blue"]));
    await page.keyboard.press("z");
    await eventually(async () => expect(await page.getByRole("region", { name: /at full size/ }).count()).toBe(2));
    await page.keyboard.press("z");
    await picture(page, "compare");
  });

  test("three takes are approved with keys alone", async () => {
    const { page, takes } = await takesOf(3);
    await page.locator("body").press("Tab");
    await eventually(async () => {
      if (await page.evaluate(() => document.activeElement?.hasAttribute("data-take"))) return;
      await page.keyboard.press("Tab");
      throw new Error("no take has the focus yet");
    });
    for (let n = 0; n < 3; n += 1) {
      await page.keyboard.press("a");
      await page.keyboard.press("5");
      await takes.nth(n).getByText("Approved", { exact: true }).waitFor();
      await page.keyboard.press("ArrowDown");
    }
    await takes.nth(2).getByRole("button", { name: "5 stars", pressed: true }).waitFor();
    await chip(page, "Approved", 3);
    await page.getByRole("button", { name: /^Approved/ }).click();
    await eventually(async () => expect(page.url()).toContain("status=APPROVED"));
    await page.reload();
    await eventually(async () => expect(await takes.count()).toBe(3));
    await page.getByRole("button", { name: /^Approved/ }).click();
    await page.getByRole("button", { name: /^To review/ }).click();
    await page.getByText("No take matches").waitFor();
  });

  test("a take that leaves the list of those to review gives the focus to the next one", async () => {
    const { page, takes } = await takesOf(3, "&status=REVIEW");
    await takes.first().focus();
    for (const left of [2, 1]) {
      await page.keyboard.press("a");
      await eventually(async () => expect(await takes.count()).toBe(left));
      await eventually(async () =>
        expect(await takes.first().evaluate((take) => take === document.activeElement)).toBe(true),
      );
    }
    await chip(page, "Approved", 2);
  });

  test("many takes are rejected at once, with a note and what that means", async () => {
    const { page, takes } = await takesOf(3);
    await takes.first().focus();
    await page.keyboard.press("a");
    await takes.first().getByText("Approved", { exact: true }).waitFor();
    await page.keyboard.press("x");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("x");
    const bar = page.getByRole("toolbar", { name: "Selected takes" });
    await bar.getByText("2 takes selected").waitFor();
    await bar.getByRole("button", { name: "Approve 1…" }).waitFor();
    await bar.getByRole("button", { name: "Reject 2…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Reject 2 takes?" });
    await dialog.getByText("1 to review, 1 that was approved.").waitFor();
    await dialog.getByLabel("Note for all of them").fill("The lantern is out");
    await picture(page, "batch");
    await dialog.getByRole("button", { name: "Reject 2 takes" }).click();
    await dialog.waitFor({ state: "detached" });
    for (let n = 0; n < 2; n += 1) {
      await takes.nth(n).getByText("Rejected", { exact: true }).waitFor();
      await takes.nth(n).getByText("The lantern is out").waitFor();
    }
    await takes.nth(2).getByText("Review", { exact: true }).waitFor();
    await bar.waitFor({ state: "detached" });
  });

  test("segments fill in, a frame is picked by key, a segment is made anew and the take goes on", async () => {
    const { page, take } = await clipTake({ boundary: { mode: "MANUAL" } });
    const strip = take.getByRole("list", { name: /^Segments of/ });
    const frames = take.getByRole("listbox");
    await frames.waitFor();
    expect(await strip.getByRole("listitem").count()).toBe(2);
    await strip.getByRole("button", { name: /^Segment 1, Pick a frame/ }).waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await picture(page, "boundary");
    await frames.focus();
    await page.keyboard.press("ArrowLeft");
    await take.getByText("1 frame after it is cut off.").waitFor();
    await page.keyboard.press("Enter");
    await frames.waitFor({ state: "detached" });
    await take.getByText("2 of 2 segments done").waitFor();
    await take.getByText("Review", { exact: true }).waitFor();
    await strip.getByRole("button", { name: "Segment 2, Done, open its clip" }).hover();
    await page.getByText(/: she walks · /).waitFor();
    await take.getByRole("button", { name: "Actions for segment 2" }).click();
    await page.getByRole("menuitem", { name: "Make anew", exact: true }).click();
    await take.getByText("Generating", { exact: true }).first().waitFor();
    await take.getByText("Review", { exact: true }).waitFor();
    await take.getByRole("button", { name: /^Actions for the take/ }).click();
    await page.getByRole("menuitem", { name: "Extend…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Extend" }).click();
    await eventually(async () => expect(await strip.getByRole("listitem").count()).toBe(3));
    await picture(page, "segments");
  });

  test("a clip plays and stops by key and goes on frame by frame; its relatives are a press away", async () => {
    const { page, take, takeId } = await clipTake({});
    await takeReaches(takeId, "REVIEW");
    await take.getByText("2 of 2 segments done").waitFor();
    await take.getByRole("button", { name: "Segment 1, Done, open its clip" }).click();
    const large = page.getByRole("dialog");
    const video = large.locator("video");
    await video.waitFor();
    await eventually(async () =>
      expect(await video.evaluate((clip: HTMLVideoElement) => clip.readyState)).toBeGreaterThan(1),
    );
    await page.keyboard.press(".");
    await large.getByRole("button", { name: "Play (Space)" }).waitFor();
    const time = () => video.evaluate((clip: HTMLVideoElement) => clip.currentTime);
    await page.keyboard.press("Tab");
    await large.getByLabel("Position").fill("0");
    await page.keyboard.press(".");
    await page.keyboard.press(".");
    await eventually(async () => expect(await time()).toBeCloseTo(2.5 / 8, 1));
    await page.keyboard.press(",");
    await eventually(async () => expect(await time()).toBeCloseTo(1.5 / 8, 1));
    await large.getByRole("button", { name: "Loop (L)", pressed: true }).waitFor();
    await page.keyboard.press("l");
    await large.getByRole("button", { name: "Loop (L)", pressed: false }).waitFor();
    await page.keyboard.press("a");
    await large.getByText("Approved", { exact: true }).waitFor();
    const made = large.getByRole("list", { name: "Made from it" });
    await picture(page, "clip");
    const title = await large.getByRole("heading").first().textContent();
    await made.getByRole("button").first().click();
    await eventually(async () => expect(await large.getByRole("heading").first().textContent()).not.toBe(title));
  });

  test.each(["dark", "light"] as const)("has no serious accessibility issue in the %s theme", async (colorScheme) => {
    const { page } = await gallery(2, { colorScheme, reducedMotion: "reduce" });
    expect(await accessibilityIssues(page)).toEqual([]);
    await tilesOf(page).first().click();
    await page.getByRole("complementary", { name: "About this file" }).getByText("Lineage").waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await picture(page, `detail-${colorScheme}`);
    await page.keyboard.press("c");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("c");
    await page.getByRole("heading", { name: "What differs" }).waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await picture(page, `compare-${colorScheme}`);
    await page.goto("/gallery?view=takes");
    await page.getByRole("button", { name: /^To review/ }).waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await picture(page, `takes-${colorScheme}`);
  });

  const picture = (page: Page, name: string) => page.screenshot({ path: `${screenshots}/review-${name}.png` });

  async function chip(page: Page, label: string, count: number): Promise<void> {
    await page.getByRole("group", { name: "Filter by status" }).getByText(`${label}${count}`).waitFor();
  }

  /** The list of so many takes of one character, all to be reviewed. */
  async function takesOf(count: number, filter = ""): Promise<{ page: Page; takes: Locator }> {
    const workflow = await importWorkflow(unique("judged"), textToImage({ steps: 1 }));
    const sceneType = await createSceneType(unique("Gate"), workflow.id);
    const character = await createCharacter(unique("Ines"), {});
    for (let n = 0; n < count; n += 1) {
      const { take } = await generateTake({ sceneTypeId: sceneType.id, characterId: character.id });
      await takeReaches(take.id, "REVIEW");
    }
    const page = await tabs.open(`/gallery?view=takes&character=${encodeURIComponent(character.id)}${filter}`);
    const takes = page.getByRole("listitem", { name: /^Take of Ines/ });
    await takes.nth(count - 1).waitFor();
    return { page, takes };
  }

  /** A take of two clips that go on from each other, on the page. */
  async function clipTake(part: object): Promise<{ page: Page; take: Locator; takeId: string }> {
    const still = await importWorkflow(unique("still"), textToImage({ steps: 1 }));
    const first = await submitJob({ workflowId: still.id, name: unique("first frame") });
    await jobReaches(first.id, "SUCCEEDED");
    const [inputAssetId] = await outputsOf(first.id);
    const workflow = await importWorkflow(unique("walk"), clip());
    const sceneType = await createSceneType(unique("Walk"), workflow.id, {
      generationStrategy: "PLATFORM_ORCHESTRATED",
      targetDurationSecs: 2,
      segmentDurationSecs: 1,
    });
    const character = await createCharacter(unique("Mara"), {});
    const { take } = await generateTake({
      sceneTypeId: sceneType.id,
      characterId: character.id,
      inputAssetId,
      ...part,
    });
    const page = await tabs.open(`/gallery?view=takes&character=${encodeURIComponent(character.id)}`);
    return { page, take: page.getByRole("listitem", { name: /^Take of Mara/ }), takeId: take.id };
  }
});
