import type { Page } from "playwright-core";
import { createLibrary, deleteLibrary, openLibraryDraft, unique, updateLibrary } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";

describeInBrowser("drafts of libraries", () => {
  const tabs = useBrowser();
  const begin = async (entries: Record<string, string>) => {
    const library = await createLibrary({ name: unique("Drafted"), entries });
    return { ...library, path: `/libraries/${encodeURIComponent(library.id)}` };
  };
  /** With the day, where it ends after midnight. */
  const isKept = (page: Page) => page.getByText(/^Draft kept until (\d{1,2} \w+, )?\d\d:\d\d$/).waitFor();
  /** Nothing is offered: a draft would have been found by then. */
  const isOpen = (page: Page) => page.getByLabel("Text of film").and(page.locator(":enabled")).waitFor();
  const offer = (page: Page) => page.getByRole("status").filter({ hasText: "You have unsaved changes from" });

  test("what was not saved is offered after a reload, restored, and saved", async () => {
    const { path } = await begin({ film: "35mm", light: "soft", old: "x" });
    const page = await tabs.open(path);
    await page.getByLabel("Text of film").fill("70mm");
    await page.getByRole("button", { name: "Remove old" }).click();
    await page.getByRole("button", { name: "Add an entry" }).click();
    await page.getByLabel("Key of the new entry").fill("Grain");
    await page.getByLabel("Text of Grain").fill("fine");
    await page.getByText("3 unsaved changes", { exact: true }).waitFor();
    await isKept(page);

    await page.reload();
    await offer(page).getByText("(3 entries)").waitFor();
    expect(await page.getByLabel("Text of film").inputValue()).toBe("35mm");
    expect(await page.getByLabel("Text of film").isDisabled()).toBe(true);
    expect(await accessibilityIssues(page)).toEqual([]);
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByText("3 unsaved changes", { exact: true }).waitFor();
    expect(await page.getByLabel("Text of film").inputValue()).toBe("70mm");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Everything is saved").waitFor();
    await page.reload();
    await isOpen(page);
    await page.getByLabel("Text of grain").waitFor();
    expect(await page.getByLabel("Text of film").inputValue()).toBe("70mm");
    expect(await page.getByLabel("Key of old").count()).toBe(0);
    expect(await offer(page).count()).toBe(0);
  });

  test("what the server could not be told is kept in the browser, and offered alike", async () => {
    const { path } = await begin({ film: "35mm" });
    const page = await tabs.open(path);
    tabs.allow(/ERR_FAILED|Failed to load resource/);
    await refuseChanges(page);
    await page.getByLabel("Text of film").fill("16mm");
    await page.getByText(/^Not kept: .*, tried again$/).waitFor();
    await page.unroute(/\/graphql$/);
    await isKept(page);
    await refuseChanges(page);
    await page.getByLabel("Text of film").fill("8mm");
    await page.getByText(/^Not kept: .*, tried again$/).waitFor();
    await page.reload();
    await offer(page).getByText("(1 entry)").waitFor();
    await page.unroute(/\/graphql$/);
    await page.getByRole("button", { name: "Restore" }).click();
    expect(await page.getByLabel("Text of film").inputValue()).toBe("8mm");
    await isKept(page);
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByText("Everything is saved").waitFor();
    expect(await page.getByLabel("Text of film").inputValue()).toBe("35mm");
    await page.reload();
    await isOpen(page);
    expect(await offer(page).count()).toBe(0);
  });

  test("when somebody else was faster, both are shown, and a merge keeps the changes of both", async () => {
    const { id, path } = await begin({ film: "35mm film still", light: "soft", mood: "calm" });
    const page = await tabs.open(path);
    await page.getByLabel("Text of film").fill("70mm film still");
    await isKept(page);
    await updateLibrary(id, { setEntries: { film: "35mm film frame", light: "hard" } });

    await page.getByRole("button", { name: "Save changes" }).click();
    const dialog = page.getByRole("dialog");
    const film = dialog.getByRole("region", { name: "film" });
    await film.locator("ins").getByText("70mm").waitFor();
    await film.locator("ins").getByText("frame").waitFor();
    await dialog.getByText("Changed by others only: light.").waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Go on editing" }).click();
    await page.getByText("1 unsaved change", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await dialog.getByRole("button", { name: "Merge (yours where both changed)" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Everything is saved").waitFor();
    expect(await page.getByLabel("Text of film").inputValue()).toBe("70mm film still");
    expect(await page.getByLabel("Text of light").inputValue()).toBe("hard");
  });

  test("a replacement takes the entries back to the draft's, and leaves the settings that others have changed", async () => {
    const { id, path } = await begin({ film: "35mm", light: "soft" });
    const page = await tabs.open(path);
    await page.getByLabel("Text of film").fill("70mm");
    await isKept(page);
    await updateLibrary(id, { setEntries: { light: "hard" }, maxDepth: 7 });
    await page.getByRole("button", { name: "Save changes" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("You and others have changed different entries.").waitFor();
    await dialog.getByRole("button", { name: "Replace all" }).click();
    await page.getByText("Everything is saved").waitFor();
    expect(await page.getByLabel("Text of film").inputValue()).toBe("70mm");
    expect(await page.getByLabel("Text of light").inputValue()).toBe("soft");
    await page.getByText("Depth 7").waitFor();
  });

  test("a draft of a library that was deleted meanwhile becomes a new library", async () => {
    const { id, name, path } = await begin({ film: "35mm" });
    const page = await tabs.open(path);
    await page.getByLabel("Text of film").fill("70mm");
    await isKept(page);
    await deleteLibrary(id);
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.waitForURL((url) => url.pathname.startsWith("/libraries/") && url.pathname !== path);
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    await isOpen(page);
    expect(await page.getByLabel("Text of film").inputValue()).toBe("70mm");
  });

  test("two windows of one person write one draft, and each shows what comes from the other", async () => {
    const { path } = await begin({ film: "35mm", light: "soft" });
    const [one, two] = [await tabs.open(path), await tabs.open(path)];
    for (const page of [one, two]) await isOpen(page);
    await one.getByLabel("Text of film").fill("70mm");
    await isKept(one);
    await two.getByLabel("Text of light").fill("hard");
    await two.getByText("2 unsaved changes", { exact: true }).waitFor();
    expect(await two.getByLabel("Text of film").inputValue()).toBe("70mm");
    await one.getByRole("button", { name: "Save changes" }).click();
    await one.getByText("Everything is saved").waitFor();
    expect(await one.getByLabel("Text of film").inputValue()).toBe("70mm");
    expect(await one.getByLabel("Text of light").inputValue()).toBe("hard");
  });

  test("an entry that others had changed before the draft began is pointed out", async () => {
    const { id, path } = await begin({ film: "35mm", light: "soft" });
    const page = await tabs.open(path);
    await isOpen(page);
    await updateLibrary(id, { setEntries: { film: "16mm", light: "hard" } });
    await page.getByLabel("Text of film").fill("70mm");
    await page.getByText("is saved as “16mm”").waitFor();
    expect(await page.getByLabel("Text of light").inputValue()).toBe("hard");
    expect(await accessibilityIssues(page)).toEqual([]);
    await page.getByRole("button", { name: "Undo the changes of film" }).click();
    await page.getByText("is saved as “16mm”").waitFor({ state: "detached" });
    expect(await page.getByLabel("Text of film").inputValue()).toBe("16mm");
  });

  test("open drafts are listed, also of new libraries, and opened or discarded there", async () => {
    const { name, path } = await begin({ film: "35mm" });
    const fresh = unique("Fresh");
    await openLibraryDraft({ name: fresh });
    const page = await tabs.open(path);
    await page.getByLabel("Text of film").fill("70mm");
    await isKept(page);
    await page.getByRole("link", { name: "Libraries" }).first().click();
    const drafts = page.getByRole("list", { name: "Drafts" }).getByRole("listitem");
    await drafts.filter({ hasText: name }).getByText("1 entry changed").waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await page.getByRole("button", { name: `Discard the draft of ${name}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Discard draft" }).click();
    await drafts.filter({ hasText: name }).waitFor({ state: "detached" });

    await page.getByRole("link", { name: `Open the draft of ${fresh}` }).click();
    await page.getByText("A draft, not saved yet").waitFor();
    await page.getByRole("button", { name: "Add an entry" }).click();
    await page.getByLabel("Key of the new entry").fill("dusk");
    await page.getByLabel("Text of dusk").fill("blue hour");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Everything is saved").waitFor();
    await page.getByText("Attached to no project").waitFor();
    expect(await page.getByLabel("Text of dusk").inputValue()).toBe("blue hour");
  });
});

/** The page can read, and nothing that it writes gets through. */
async function refuseChanges(page: Page): Promise<void> {
  await page.route(/\/graphql$/, (route) =>
    /mutation/.test(route.request().postData() ?? "") ? route.abort() : route.continue(),
  );
}
