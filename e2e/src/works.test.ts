import { change, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";

const paragraph = "朝から雨が降っていた。灯台の明かりが霧の中で揺れ、誰も桟橋に来なかった。";

describeInBrowser("works", () => {
  const tabs = useBrowser();

  test("from a new work to a translated chapter, and back to the first version of the prompt", async () => {
    const title = unique("The lantern quay");
    const page = await tabs.open("/works");
    await page.getByRole("button", { name: "New work" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Title").fill(title);
    await dialog.getByLabel("Written in").fill("Japanese");
    await dialog.getByRole("button", { name: "Create work" }).click();
    await page.getByRole("heading", { name: title }).waitFor();

    // A chapter; without a prompt it can't be translated, and the page says what to do.
    await page.getByRole("button", { name: "Add chapter" }).click();
    await dialog.getByLabel("Title").fill("Rain");
    await dialog.getByLabel("Text").fill(Array.from({ length: 6 }, () => paragraph).join("\n\n"));
    await dialog.getByRole("button", { name: "Add chapter" }).click();
    await page.getByRole("heading", { name: "1 Rain" }).waitFor();
    await page.getByText("No prompt yet").waitFor();
    await page.getByRole("link", { name: title }).click();
    await page.getByRole("button", { name: "Use the usual prompt" }).click();
    await page.getByRole("heading", { name: "Prompt, version 1" }).waitFor();

    // A template with a mistake is refused, with the place where it is.
    await page.getByRole("button", { name: "Edit prompt" }).click();
    const template = dialog.getByLabel("Template", { exact: true });
    await template.fill("Translate for {nobody}:\n{chapter.text}");
    await dialog.getByText(/^Line 1, column 15: /).waitFor();
    await dialog.getByRole("button", { name: "Save new version" }).click();
    await dialog.getByRole("button", { name: "Save new version", disabled: false }).waitFor();
    await template.fill("Translate slowly into {target_language}:\n{chapter.text}");
    await dialog.getByText(/^Line 1, column 15: /).waitFor({ state: "hidden" });
    await dialog.getByLabel("Parameters").fill('{"temperature": 0.7, "part_characters": 500}');
    await dialog.getByRole("button", { name: "Save new version" }).click();
    await page.getByRole("heading", { name: "Prompt, version 2" }).waitFor();

    await page.getByRole("button", { name: "Compare version 2 with the one before" }).click();
    await dialog.getByRole("group", { name: "Template after" }).getByText("slowly").waitFor();
    await dialog.getByText("parameters.temperature").waitFor();
    await page.keyboard.press("Escape");

    // The newest version is used, and the text can be read while it is written.
    await page.getByRole("link", { name: /Rain/ }).click();
    await page.getByText(/^With prompt version 2 and the model /).waitFor();
    await page.getByRole("button", { name: "Translate" }).click();
    await page.getByRole("group", { name: "Translation" }).waitFor();
    await page.getByText("Succeeded").first().waitFor();
    await page.getByText("Prompt version 2").first().waitFor();
    await page.getByRole("button", { name: "What it was made with" }).click();
    await page.getByText("Tokens out").waitFor();

    await page.getByRole("link", { name: title }).click();
    const chapter = page.getByRole("list", { name: "Chapters" }).getByRole("listitem");
    await chapter.getByText("Prompt version 2").waitFor();
    await page.getByRole("button", { name: "Revert to version 1" }).click();
    const confirm = page.getByRole("alertdialog");
    await confirm.getByText(/^Version 3 is appended as a copy of version 1/).waitFor();
    await confirm.getByRole("button", { name: "Revert to version 1" }).click();
    await page.getByRole("heading", { name: "Prompt, version 3" }).waitFor();
    await chapter.getByText("Prompt version 2").waitFor();
  });

  test("chapters change their places by key, and what is written of a work is saved when it is left", async () => {
    const { work } = await change<{ work: { id: string } }>(
      "createWork",
      "CreateWorkInput",
      { title: unique("Two nights"), language: "Korean" },
      "work { id }",
    );
    for (const title of ["First night", "Second night"])
      await change("createChapter", "CreateChapterInput", { workId: work.id, title }, "chapter { id }");
    const page = await tabs.open(`/works/${encodeURIComponent(work.id)}`);
    const chapters = page.getByRole("list", { name: "Chapters" }).getByRole("link");
    await page.getByRole("button", { name: "Move chapter 2" }).press("Alt+ArrowUp");
    await chapters.filter({ hasText: /1 Second night/ }).waitFor();
    await page.getByLabel("Glossary").fill("밤 = night");
    await page.getByLabel("Description").focus();
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.reload();
    await page.getByLabel("Glossary").and(page.locator("textarea")).waitFor();
    expect(await page.getByLabel("Glossary").inputValue()).toBe("밤 = night");
    await chapters.filter({ hasText: /2 First night/ }).waitFor();
    expect(await chapters.allInnerTexts()).toEqual([
      expect.stringContaining("Second night"),
      expect.stringContaining("First night"),
    ]);
  });
});
