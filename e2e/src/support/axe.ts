import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as AxeCore from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const all: AxeCore.RunOnly = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
};
const colours = ["color-contrast", "link-in-text-block"];
const rules: Record<"all" | "colours" | "structure", AxeCore.RunOptions> = {
  all: { runOnly: all },
  colours: { runOnly: { type: "rule", values: colours } },
  structure: { runOnly: all, rules: Object.fromEntries(colours.map((rule) => [rule, { enabled: false }])) },
};

/** Serious and critical findings of axe under WCAG 2.2 AA, with where they are. */
export async function accessibilityIssues(page: Page, about: keyof typeof rules = "all"): Promise<string[]> {
  await page.evaluate(axe);
  await isAtRest(page);
  return page.evaluate(async (options) => {
    const { axe: tool } = window as unknown as { axe: typeof AxeCore };
    const { violations } = await tool.run({ ...options, resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  }, rules[about]);
}

/** Waits until nothing comes or goes any more: what fades has other colours meanwhile. */
async function isAtRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = () =>
      document
        .getAnimations()
        .filter(({ effect, playState }) => playState === "running" && effect?.getComputedTiming().endTime !== Infinity);
    for (let some = passing(); some.length > 0; some = passing())
      await Promise.all(some.map(({ finished }) => finished.catch(() => undefined)));
  });
}
