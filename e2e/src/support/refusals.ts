import type { Locator, Page } from "playwright-core";

/** What a screen reader says of a button beside its name. */
export const reasonOf = (button: Locator) =>
  button.evaluate((element) => document.getElementById(element.getAttribute("aria-describedby") ?? "")?.textContent);
/** Presses what can't be pressed: nothing opens, and the reason is said. */
export const isRefused = async (button: Locator, reason: string) => {
  const page = button.page();
  const dialogs = await page.getByRole("dialog").count();
  await button.and(page.locator("[aria-disabled=true]")).waitFor();
  expect(await reasonOf(button)).toBe(reason);
  // Playwright waits for what is disabled to become enabled; a person just presses.
  await button.click({ force: true });
  await page.locator("[data-sonner-toast]").getByText(reason).first().waitFor();
  expect(await page.getByRole("dialog").count()).toBe(dialogs);
};

/** Presses a key that does nothing but say why. What was said before is over first. */
export const keyIsRefused = async (page: Page, key: string, reason: string) => {
  const said = page.locator("[data-sonner-toast]");
  // A pointer on top of them would hold them.
  await page.mouse.move(0, 0);
  await said.first().waitFor({ state: "detached" });
  await page.keyboard.press(key);
  await said.getByText(reason).waitFor();
};
