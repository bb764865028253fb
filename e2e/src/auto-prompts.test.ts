import type { Page } from "playwright-core";
import { ask, eventually, importWorkflow, unique } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { dropFilesOn } from "./support/drop-file.ts";
import { clip } from "./support/graphs.ts";

const panelOf = (page: Page) => page.locator("section", { has: page.getByRole("heading", { name: "Auto-prompts" }) });

/** The form of a new workflow, with these pictures dropped. */
async function openWith(page: Page, names: readonly string[]): Promise<{ id: string; name: string }> {
  const workflow = await importWorkflow(unique("In motion"), clip());
  await page.goto(`/generate?workflow=${encodeURIComponent(workflow.id)}`);
  const zone = page.locator("[data-takes-files]");
  await dropFilesOn(
    page,
    zone,
    names.map((name) => ({ name })),
  );
  return workflow;
}

async function promptsOf(jobName: string): Promise<string[]> {
  const { jobs } = await ask<{
    jobs: { nodes: { runs: { nodes: { resolvedPrompts: { nodeId: string; text: string }[] }[] } }[] };
  }>(
    `query ($search: String!) { jobs(search: $search, first: 1) { nodes {
      runs(first: 9) { nodes { resolvedPrompts { nodeId text } } } } } }`,
    { search: jobName },
  );
  const runs = jobs.nodes[0]?.runs.nodes ?? [];
  return runs.flatMap(({ resolvedPrompts }) => resolvedPrompts.find(({ nodeId }) => nodeId === "2")?.text ?? []);
}

describeInBrowser("auto-prompts", () => {
  const tabs = useBrowser();

  test("pictures are described, prompts written, one is edited, and the run has the edited text", async () => {
    const page = await tabs.open();
    const [pier, gull] = [`${unique("pier")}.png`, `${unique("gull")}.png`];
    const workflow = await openWith(page, [pier, gull]);
    const panel = panelOf(page);
    await panel.getByText("Simulated: no model writes this").waitFor();
    await panel.getByRole("button", { name: "Generate captions" }).click();
    await panel.getByText("2 pictures described").waitFor();
    const caption = panel.getByLabel(`Caption of ${pier}`);
    expect(await caption.inputValue()).toMatch(/\S/);
    await caption.fill("A pier in the fog, seen from the water.");

    await panel.getByRole("button", { name: "Generate motion" }).click();
    await panel.getByText("2 pictures with prompts").waitFor();
    expect(await panel.getByLabel(`Prompt of ${pier}`).inputValue()).toContain("A pier in the fog");
    await panel.getByLabel(`Prompt of ${gull}`).fill("The gull takes off.");

    // What is written and what was made of it are there again.
    await page.reload();
    await eventually(async () =>
      expect(await panel.getByLabel(`Prompt of ${gull}`).inputValue()).toBe("The gull takes off."),
    );
    expect(await panel.getByLabel(`Caption of ${pier}`).inputValue()).toContain("A pier in the fog");
    await panel.getByRole("button", { name: "Regenerate motion" }).waitFor();
    await panel.getByRole("button", { name: "Apply all" }).click();
    await page.getByText("Prompts of 2 pictures applied").waitFor();
    await page.getByRole("radio", { name: "Auto-prompts", checked: true }).waitFor();

    await page.getByRole("button", { name: /^Generate \d+ runs/ }).click();
    await page.getByText("Queued 2 runs").waitFor();
    await eventually(async () => {
      const prompts = await promptsOf(workflow.name);
      expect(prompts).toContain("The gull takes off.");
      expect(prompts.some((text) => text.includes("A pier in the fog"))).toBe(true);
    });
  });

  test("one press does both; all is cleared, and is there again when that is undone", async () => {
    const page = await tabs.open();
    const boat = `${unique("boat")}.png`;
    await openWith(page, [boat]);
    const panel = panelOf(page);
    await panel.getByRole("button", { name: "Generate motion" }).click();
    await panel.getByText("1 picture with prompts").waitFor();
    await panel.getByRole("button", { name: "Clear all" }).click();
    await panel.getByLabel(`Prompt of ${boat}`).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Undo" }).click();
    await panel.getByLabel(`Prompt of ${boat}`).waitFor();
  });

  test("an ADMIN changes what the model is told, and goes back to the usual", async () => {
    const page = await tabs.open("/settings");
    const settings = page.getByRole("region", { name: "Prompt language model" });
    const field = settings.getByLabel("How motion prompts are written");
    const usual = await field.inputValue();
    await field.fill("One sentence for {frames} frames.");
    const form = settings.locator("form", { has: page.getByLabel("How motion prompts are written") });
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("Edited", { exact: true }).waitFor();
    await page.reload();
    await eventually(async () => expect(await field.inputValue()).toBe("One sentence for {frames} frames."));
    expect(await accessibilityIssues(page)).toEqual([]);
    await page.screenshot({ path: `${screenshots}/system-prompts.png`, fullPage: true });
    await form.getByRole("button", { name: "Back to the usual" }).click();
    await eventually(async () => expect(await field.inputValue()).toBe(usual));
    await form.getByText("As usual", { exact: true }).waitFor();
  });

  test.each(["light", "dark"] as const)("nobody is locked out, %s", async (colorScheme) => {
    const page = await tabs.open(undefined, { colorScheme });
    await openWith(page, [`${unique("mast")}.png`, `${unique("rope")}.png`]);
    const panel = panelOf(page);
    await panel.getByRole("button", { name: "Generate motion" }).click();
    await panel.getByText("2 pictures with prompts").waitFor();
    // The check at the side is pale while it looks again.
    await eventually(async () => expect(await accessibilityIssues(page)).toEqual([]));
    await page.screenshot({ path: `${screenshots}/auto-prompts-${colorScheme}.png`, fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `${screenshots}/auto-prompts-${colorScheme}-narrow.png`, fullPage: true });
  });
});
