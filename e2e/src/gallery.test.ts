import { importWorkflow, jobReaches, submitJob, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
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
    await large.getByRole("link", { name: job.name }).click();
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
