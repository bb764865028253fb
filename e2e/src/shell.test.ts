import { ask, eventually, importWorkflow, unique, webUrl } from "./support/api.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { textToImage } from "./support/graphs.ts";

describeInBrowser("the frame around every page", () => {
  const tabs = useBrowser();

  test("the palette goes to pages, finds things by name and works on a phone", async () => {
    const workflow = await importWorkflow(unique("palette"), textToImage());
    const namesake = await importWorkflow(unique("machin"), textToImage());
    const page = await tabs.open("/");
    await page.getByRole("heading", { name: "Queue" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder(/Go to a page/).fill("machi");
    await page.getByRole("option", { name: namesake.name }).first().waitFor();
    await page.getByRole("option", { name: "Machines", selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Machines", level: 1 }).waitFor();

    await page.keyboard.press("Control+k");
    await page.getByPlaceholder(/Go to a page/).fill(workflow.name);
    await page.getByRole("option", { name: workflow.name, selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByLabel("Positive Prompt 1").waitFor();

    const phone = await tabs.open("/", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await phone.getByRole("button", { name: "More" }).click();
    await phone.getByRole("dialog").getByRole("button", { name: "Find" }).click();
    await phone.getByPlaceholder(/Go to a page/).fill("charact");
    await phone.getByRole("option", { name: "Characters" }).click();
    await phone.getByRole("heading", { name: "Characters", level: 1 }).waitFor();
  });

  test("what a link leads to is fetched when it is pointed at, not when it comes into view", async () => {
    const page = await tabs.open();
    const asked: string[] = [];
    page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (searchParams.has("_rsc")) asked.push(pathname);
    });
    await page.goto("/");
    await page.getByRole("link", { name: "Characters" }).first().waitFor();
    await page.waitForLoadState("networkidle");
    expect(asked).toEqual([]);
    for (const [name, act] of [
      ["Characters", "hover"],
      ["Workflows", "focus"],
    ] as const) {
      const fetched = page.waitForRequest((request) => request.url().includes(`/${name.toLowerCase()}?_rsc`));
      await page.getByRole("link", { name }).first()[act]();
      await fetched;
    }
  });

  test("a page stays until the one that was asked for is there", async () => {
    const page = await tabs.open("/");
    await page.getByRole("heading", { name: "Queue", level: 1 }).waitFor();
    await page.evaluate(() => {
      const look = () => document.querySelector("main h1") ?? document.body.setAttribute("data-was-blank", "");
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    });
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route("**/_next/static/chunks/**", (route) => held.then(() => route.continue()));
    const script = page.waitForRequest("**/_next/static/chunks/**");
    await page.getByRole("link", { name: "Characters" }).first().click();
    await script;
    await page.getByRole("heading", { name: "Queue", level: 1 }).waitFor();
    letGo();
    await page.getByRole("heading", { name: "Characters", level: 1 }).waitFor();
    expect(await page.locator("body[data-was-blank]").count()).toBe(0);
  });

  test("no page may be framed, or kept by a cache beyond the build that it belongs to", async () => {
    const page = await tabs.open("/machines");
    for (const path of ["/machines", "/characters/unknown"]) {
      expect((await page.request.get(path)).headers()).toMatchObject({
        "content-security-policy": expect.stringMatching(/object-src 'none'.*frame-ancestors 'none'/),
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
      });
    }
  });

  test("nothing is packed for a browser of this machine, but for those behind a proxy on it", async () => {
    const packing = async (headers: Record<string, string>) => {
      const response = await fetch(`${webUrl}/settings`, { headers: { "accept-encoding": "gzip", ...headers } });
      expect(await response.text()).toContain("<title>");
      return response.headers.get("content-encoding");
    };
    expect(await packing({})).toBeNull();
    expect(await packing({ "x-forwarded-for": "203.0.113.7" })).toBe("gzip");
    expect(await packing({ via: "1.1 proxy" })).toBe("gzip");
  });

  test("a dialog leaves the frame and the page behind it where they are", async () => {
    const page = await tabs.open("/settings");
    const places = () =>
      page.evaluate(() =>
        ["nav", "footer", "main h1"].map((part) => document.querySelector(part)?.getBoundingClientRect().top),
      );
    // The page grows while its parts come.
    await eventually(async () => {
      await page
        .getByRole("button", { name: "New webhook" })
        .evaluate((button) => button.scrollIntoView({ block: "center" }));
      expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
    });
    const before = await places();
    // A press by mouse would bring it into the middle first.
    await page.getByRole("button", { name: "New webhook" }).press("Enter");
    await page.getByRole("dialog").waitFor();
    expect(await places()).toEqual(before);
    await page.mouse.move(20, 700);
    await page.mouse.wheel(0, 400);
    await page.keyboard.press("End");
    await page.screenshot({ path: `${screenshots}/dialog-on-a-scrolled-page.png` });
    expect(await places()).toEqual(before);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await places()).toEqual(before);
  });

  test("a question mark lists the shortcuts, but not while somebody types", async () => {
    const page = await tabs.open("/");
    await page.getByLabel("Search jobs").fill("what");
    await page.keyboard.press("?");
    expect(await page.getByLabel("Search jobs").inputValue()).toBe("what?");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.getByRole("heading", { name: "Queue" }).click();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });

  test("Tab goes from the prompts through the settings to Generate, and Ctrl-Enter sends from anywhere", async () => {
    const workflow = await importWorkflow(unique("keyboard"), textToImage({ steps: 1 }));
    const page = await tabs.open(`/generate?workflow=${encodeURIComponent(workflow.id)}`);
    await page.getByLabel("Positive Prompt 1").waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to content");
    await page.keyboard.press("Enter");

    const stops: string[] = [];
    for (let count = 0; count < 40 && !stops.at(-1)?.startsWith("Generate 1 run"); count += 1) {
      await page.keyboard.press("Tab");
      stops.push(
        await page.evaluate(() => {
          const active = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLElement> }) | null;
          return active?.getAttribute("aria-label") ?? active?.labels?.[0]?.innerText ?? active?.innerText ?? "";
        }),
      );
    }
    const wanted = [
      "Workflow",
      "Positive Prompt 1",
      "Negative Prompt 1",
      "Steps",
      "Width",
      "Job name",
      "Tries",
      "Generate 1 run",
    ];
    expect(stops.map((stop) => wanted.find((name) => stop.startsWith(name))).filter(Boolean)).toEqual(wanted);

    await page.getByLabel("Negative Prompt 1").focus();
    await page.keyboard.press("Control+Enter");
    await page.getByText("Queued 1 run").waitFor();
  });

  test("the theme is chosen by a person and stays chosen", async () => {
    const page = await tabs.open("/", { colorScheme: "dark" });
    const theme = () => page.evaluate(() => document.documentElement.dataset["theme"]);
    expect(await theme()).toBe("dark");
    await page.getByRole("radio", { name: "Light theme" }).click();
    expect(await theme()).toBe("light");
    await page.reload();
    expect(await theme()).toBe("light");
  });

  test("a machine is refused with the reason, added, and removed", async () => {
    const page = await tabs.open("/machines");
    await page.getByRole("main").getByText("Simulator 1").first().waitFor();
    const name = unique("Attic");
    await page.getByRole("button", { name: "Add machine" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Pools").fill(name.replace(" ", "-").toLowerCase());
    for (const [address, reason] of [
      ["not an address", /http/],
      ["http://127.0.0.1:9", /does not answer/],
    ] as const) {
      await dialog.getByLabel("Address").fill(address);
      await dialog.getByRole("button", { name: "Add machine" }).click();
      await dialog.getByRole("alert").getByText(reason).first().waitFor();
    }

    // A simulator under its other name answers as any machine would.
    const { machines } = await ask<{ machines: { url: string }[] }>("{ machines { url } }");
    await dialog.getByLabel("Address").fill(machines[0]?.url.replace("127.0.0.1", "localhost") ?? "");
    await dialog.getByRole("button", { name: "Add machine" }).click();
    await dialog.waitFor({ state: "hidden" });
    const row = page.getByRole("listitem").filter({ hasText: name });
    await row.getByText("Ready").first().waitFor();

    await row
      .getByRole("button", { name: new RegExp(name) })
      .first()
      .click();
    await page.getByRole("menuitem", { name: /Remove/ }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: /Remove/ })
      .click();
    await row.waitFor({ state: "hidden" });
  });
});
