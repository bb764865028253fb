import {
  createCharacter,
  createSceneType,
  eventually,
  generateTake,
  importWorkflow,
  jobReaches,
  submitJob,
  unique,
} from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { textToImage } from "./support/graphs.ts";

describeInBrowser("pictures", () => {
  const tabs = useBrowser();

  test("are stepped through by key in the large view, with the job that each came from", async () => {
    const { page, job } = await galleryOf(3);
    await page
      .getByRole("main")
      .getByRole("button")
      .filter({ has: page.locator("img") })
      .first()
      .click();
    const large = page.getByRole("dialog");
    await large.getByText("1 of 3").waitFor();
    await page.keyboard.press("ArrowRight");
    await large.getByText("2 of 3").waitFor();
    await page.keyboard.press("End");
    await large.getByText("3 of 3").waitFor();
    await large.getByRole("link", { name: job.name, exact: true }).click();
    await page.getByRole("heading", { name: job.name, level: 1 }).waitFor();
  });

  test("that did not load are asked for again with fresh addresses", async () => {
    tabs.allow(/Failed to load resource/);
    let refused = 0;
    let asked = 0;
    const { page } = await galleryOf(1, async (fresh) => {
      await fresh.route(/\/(thumbnails|assets)\//, (route) => {
        refused += 1;
        return refused === 1 ? route.fulfill({ status: 403 }) : route.continue();
      });
      fresh.on("request", (request) => {
        if (request.postData()?.includes("query OutputGrid")) asked += 1;
      });
    });
    const picture = page.getByRole("main").locator("img");
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 0))).toBe(
      true,
    );
    expect(refused).toBeGreaterThan(1);
    expect(asked).toBeGreaterThan(1);
  });

  test("are found by words of their prompts and by their seed, and the address keeps what was looked for", async () => {
    const word = unique("heron").replace(" ", "");
    const workflow = await importWorkflow(unique("found"), textToImage({ steps: 1 }));
    const job = await submitJob({
      workflowId: workflow.id,
      name: unique("birds"),
      params: { positive_prompt: `a ${word} in reeds` },
    });
    await jobReaches(job.id, "SUCCEEDED");
    const page = await tabs.open("/gallery");
    await page.getByLabel("Search prompts, models or a seed").fill(word.slice(0, -1));
    const tiles = page
      .getByRole("main")
      .getByRole("button")
      .filter({ has: page.locator("img") });
    await eventually(async () => expect(await tiles.count()).toBe(1));
    await page.reload();
    await eventually(async () => expect(await tiles.count()).toBe(1));
    await page.getByLabel("Kind").selectOption("VIDEO");
    await page.getByText("No output matches").waitFor();
    await page.getByLabel("Kind").selectOption("IMAGE");
    await tiles.first().waitFor();
  });

  test("are narrowed to any of many scene types, with the keyboard and on a phone", async () => {
    const workflow = await importWorkflow(unique("many"), textToImage({ steps: 1 }));
    const oldest = unique("Pier");
    await createSceneType(oldest, workflow.id);
    for (let n = 0; n < 31; n += 1) await createSceneType(unique("Quay"), workflow.id);
    const page = await tabs.open("/gallery");
    const field = page.getByRole("combobox", { name: "Scene type" });
    const choices = page.getByRole("dialog", { name: "Choose: Scene type" });
    await field.focus();
    await page.keyboard.press("ArrowDown");
    await choices.getByRole("option", { name: "All scene types", selected: true }).waitFor();
    await choices.getByText(/^30 of \d+\. Type to find others\.$/).waitFor();
    expect(await choices.getByRole("option", { name: oldest }).count()).toBe(0);
    await page.keyboard.press("Escape");
    await choices.waitFor({ state: "hidden" });
    expect(await field.evaluate((button) => button === document.activeElement)).toBe(true);

    // Letters search in it, as in a select.
    await page.keyboard.type(oldest);
    await choices.getByRole("option", { name: oldest, selected: true }).waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await choices.waitFor({ state: "hidden" });
    await page.getByText("No output matches").waitFor();
    // What is chosen is shown, although it is none of those that are loaded first.
    await page.reload();
    await field.filter({ hasText: oldest }).waitFor();

    const phone = await tabs.open(page.url(), {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await phone.getByRole("combobox", { name: "Scene type" }).tap();
    const sheet = phone.getByRole("dialog", { name: "Choose: Scene type" });
    await sheet.getByRole("option").nth(1).waitFor();
    await phone.screenshot({ path: `${screenshots}/combobox-390.png` });
    const box = await sheet.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390 && box.y + box.height <= 844).toBe(true);
    await sheet.getByRole("option", { name: "All scene types" }).tap();
    await phone.getByRole("combobox", { name: "Scene type" }).filter({ hasText: "All scene types" }).waitFor();
  });

  test("takes are judged by keyboard, one after the other, and the verdict can be taken back", async () => {
    const workflow = await importWorkflow(unique("judged"), textToImage({ steps: 1 }));
    const sceneType = await createSceneType(unique("Gate"), workflow.id);
    const character = await createCharacter(unique("Ines"), {});
    for (let n = 0; n < 2; n += 1) {
      const { job } = await generateTake({ sceneTypeId: sceneType.id, characterId: character.id });
      await jobReaches(job.id, "SUCCEEDED");
    }
    const page = await tabs.open(`/gallery?view=takes&character=${encodeURIComponent(character.id)}`);
    const takes = page.getByRole("listitem", { name: /^Take of Ines/ });
    await takes.nth(1).getByText("Review", { exact: true }).waitFor();
    await takes.nth(0).getByRole("button", { name: "Approve" }).waitFor();
    await takes.nth(0).focus();
    await page.keyboard.press("a");
    await takes.nth(0).getByText("Approved", { exact: true }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("r");
    await takes.nth(1).getByText("Rejected", { exact: true }).waitFor();
    await page.keyboard.press("u");
    await takes.nth(1).getByText("Review", { exact: true }).waitFor();
  });

  async function galleryOf(
    tries: number,
    prepare: (page: Awaited<ReturnType<typeof tabs.open>>) => Promise<void> = async () => {},
  ) {
    const workflow = await importWorkflow(unique("gallery"), textToImage({ steps: 1 }));
    const job = await submitJob({ workflowId: workflow.id, name: unique("shots"), tries });
    await jobReaches(job.id, "SUCCEEDED");
    const page = await tabs.open();
    await prepare(page);
    await page.goto(`/gallery?workflow=${encodeURIComponent(workflow.id)}`);
    await page
      .getByRole("main")
      .getByRole("button")
      .filter({ has: page.getByRole("img") })
      .first()
      .waitFor();
    return { page, job };
  }
});
