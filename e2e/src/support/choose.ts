import type { Locator } from "playwright-core";

/** Chooses by name from a field that opens to a search. */
export async function choose(field: Locator, name: string): Promise<void> {
  await field.click();
  const choices = field.page().getByRole("dialog", { name: /^Choose: / });
  await choices.getByRole("combobox").fill(name);
  await choices.getByRole("option", { name }).first().click();
  await choices.waitFor({ state: "hidden" });
}
