import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { choose } from "./support/choose.ts";
import { eventually, unique } from "./support/api.ts";
import { dropFile } from "./support/drop-file.ts";
import { textToImage } from "./support/graphs.ts";

describeInBrowser("a newcomer", () => {
  const tabs = useBrowser();

  test("drops a workflow on the page, writes prompts, generates, watches it live and sees the pictures", async () => {
    const page = await tabs.open("/");
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    const name = unique("harbour");
    await dropFile(page, `${name}.json`, JSON.stringify(textToImage({ steps: 40 })));

    // The import says what it found.
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByRole("dialog", { name: `Imported ${name}` }).waitFor();
    await dialog.getByText("2 prompt slots").waitFor();
    await dialog.getByText("What to show").waitFor();
    await dialog.getByRole("link", { name: "Generate" }).click();

    // The form is made of the graph's prompts and parameters.
    await page.getByLabel("Positive Prompt 1").fill("a red fishing boat in morning fog");
    await page.getByLabel("Negative Prompt 1").fill("people");
    await page.getByLabel("Tries").fill("6");
    await page.getByRole("button", { name: /Generate 6 runs/ }).click();
    await page.getByText("Queued 6 runs").waitFor();
    await page.getByRole("button", { name: "Open job" }).click();

    // Node and percent move without a reload.
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    const bar = page.getByRole("progressbar", { name: /Progress of run \d/ }).first();
    await bar.waitFor();
    await page
      .getByText(/Sampler|KSampler|Node 5/)
      .first()
      .waitFor();
    const progress = async () => Number(await bar.getAttribute("aria-valuenow"));
    const first = await progress();
    await page.waitForFunction(
      ([selector, before]) => Number(document.querySelector(selector)?.getAttribute("aria-valuenow")) > before,
      ['[role="progressbar"][aria-label^="Progress of run"]', first] as const,
    );

    // Each of the 240 steps has a preview that the simulator draws.
    await page.getByText("6 of 6 done").waitFor({ timeout: 120_000 });
    const results = page.getByRole("list", { name: "Results" });
    await results.getByRole("button").nth(5).waitFor();
    expect(await results.getByRole("button").count()).toBe(6);
    await results
      .locator("img")
      .first()
      .evaluate((image: HTMLImageElement) => image.decode());

    // The same pictures are in the gallery.
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Gallery" }).click();
    await choose(page.getByLabel("Workflow", { exact: true }), name);
    const tiles = page
      .locator("main")
      .getByRole("button")
      .filter({ has: page.locator("img") });
    await eventually(async () => expect(await tiles.count()).toBe(6));
    await tiles.first().click();
    await page.getByRole("dialog").getByText("512 × 512").waitFor();
    await page.getByRole("dialog").getByRole("link", { name, exact: true }).waitFor();
    expect(await page.evaluate(() => "stayed" in window)).toBe(true);
  });
});
