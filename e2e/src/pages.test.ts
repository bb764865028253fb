import type { Page } from "playwright-core";
import { eventually } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { AREAS, everyPage, type Shown } from "./support/every-page.ts";
import { type FurnishedStudio, furnishStudio } from "./support/furnished-studio.ts";

describeInBrowser("every page", () => {
  const tabs = useBrowser();
  let studio: FurnishedStudio;

  beforeAll(async () => {
    studio = await furnishStudio();
  });

  test.each(AREAS)(
    "of the area %s has no serious accessibility issue in the dark and the light theme",
    async (area) => {
      tabs.allow(/404.*\/nowhere/);
      const page = await tabs.open();
      const found: string[] = [];
      for (const shown of everyPage(studio)[area]) {
        await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
        await page.goto(shown.path);
        await isShown(page, shown);
        for (const colorScheme of ["dark", "light"] as const) {
          await page.emulateMedia({ colorScheme });
          await page.locator(`html[data-theme=${colorScheme}]`).waitFor({ state: "attached" });
          await page.screenshot({ path: `${screenshots}/${shown.name}-${colorScheme}.png` });
          // The themes differ in colours alone.
          const issues = await accessibilityIssues(page, colorScheme === "dark" ? "all" : "colours");
          found.push(...issues.map((issue) => `${shown.name}, ${colorScheme}: ${issue}`));
        }
      }
      expect(found).toEqual([]);
    },
  );

  test.each(AREAS)(
    "of the area %s fits a phone 390 pixels wide, without a serious accessibility issue",
    async (area) => {
      tabs.allow(/404.*\/nowhere/);
      const page = await tabs.open(undefined, {
        viewport: { width: 390, height: 844 },
        colorScheme: "dark",
        hasTouch: true,
        isMobile: true,
      });
      const found: string[] = [];
      for (const [index, shown] of everyPage(studio)[area].entries()) {
        // The others as a phone's user comes to them, by links that do not load the client anew.
        await (index === 0 ? page.goto(shown.path) : follow(page, shown.path));
        await isShown(page, shown);
        await page.screenshot({ path: `${screenshots}/${shown.name}-390.png`, fullPage: true });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        if (width > 390) found.push(`${shown.name}: ${width} px`);
        // The frame alone has colours of its own here.
        const issues = await accessibilityIssues(page, index === 0 ? "all" : "structure");
        found.push(...issues.map((issue) => `${shown.name}: ${issue}`));
      }
      expect(found).toEqual([]);
    },
  );

  test("dialogs have no serious accessibility issue", async () => {
    const page = await tabs.open();
    await page.emulateMedia({ reducedMotion: "reduce" });
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
    await page.getByRole("button", { name: "New webhook" }).click();
    await check("webhook");
    await page.getByRole("button", { name: "Notifications", exact: true }).click();
    await check("notifications");
    expect(found).toEqual([]);
  });
});

/** Goes on within the loaded client, as a link of it does. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    const { next } = window as unknown as { next: { router: { push(path: string): void } } };
    next.router.push(to);
  }, path);
  await page.waitForURL((url) => `${url.pathname}${url.search}` === path);
}

async function isShown(page: Page, { ready }: Shown): Promise<void> {
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
