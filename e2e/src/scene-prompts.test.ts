import type { Page } from "playwright-core";
import { ask, eventually } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { importPrompts, scenePrompts, type Told, tellStory } from "./support/stories.ts";

const version2 = (texts: Record<string, string>, compositions: Record<string, string[]> = {}) => ({
  version: 2,
  v1_backup: null,
  prompts: Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, { value }])),
  compositions,
});

describeInBrowser("prompts of scenes", () => {
  const tabs = useBrowser();
  let story: Told;

  beforeAll(async () => {
    const titles = ["Closing time", "Into the rain", "The bridge", "Past midnight", "First light"];
    story = await tellStory("Night Market", titles, { film: "35mm, %grain%", grain: "fine grain" });
    await importPrompts(
      { branchId: story.branchId },
      version2({ subject: "the market", look: "%film%" }, { picture: ["subject", "look"] }),
    );
  });
  const sceneId = (number: number) => story.sceneIds[number - 1] ?? "";
  const path = (number: number) => `/stories/scenes/${encodeURIComponent(sceneId(number))}/prompts`;

  test("prompts and compositions are written beside what they become; only a save changes the scene", async () => {
    const page = await tabs.open(path(1));
    // Until the scene says something itself, it has what its branch says.
    const picture = page.getByRole("region", { name: "picture, composed" });
    await picture.getByText("the market, 35mm, fine grain").waitFor();
    await page.getByRole("button", { name: "Write subject for this scene" }).click();
    await text(page, "subject").fill("Noa with a lantern, %grain%");
    await picture.getByText("Noa with a lantern, fine grain, 35mm, fine grain").waitFor();

    await page.getByRole("button", { name: "Add prompt" }).click();
    await page.getByLabel("Name of new prompt").fill("motion");
    await text(page, "motion").fill("slow push in");
    await page.getByRole("button", { name: "Add composition" }).click();
    await page.getByLabel("Name of new composition").fill("clip");
    for (const name of ["motion", "subject"])
      await page.getByLabel("Add a prompt to clip").selectOption({ label: name });
    const clip = page.getByRole("region", { name: "clip, composed" });
    await clip.getByText("slow push in, Noa with a lantern, fine grain").waitFor();
    await page.getByLabel("Separator").fill(" + ");
    await clip.getByText("slow push in + Noa with a lantern, fine grain").waitFor();
    // A name that is taken is said at its field, and blocks the save.
    await page.getByLabel("Name of motion").fill("subject");
    await page.getByText("“subject” is there already, as a prompt or composition.").waitFor();
    expect(await save(page).isDisabled()).toBe(true);
    await page.getByLabel("Name of subject").nth(1).fill("movement");

    // Whoever leaves is asked first.
    expect(await scenePrompts(sceneId(1))).toBeNull();
    page.once("dialog", (dialog) => void dialog.dismiss());
    await page.getByRole("link", { name: "Edit the branch’s prompts" }).click();
    await page.getByText("4 unsaved changes").waitFor();
    await saveAll(page);
    expect(await scenePrompts(sceneId(1))).toEqual({
      version: 1,
      prompts: [
        { name: "subject", value: "Noa with a lantern, %grain%" },
        { name: "movement", value: "slow push in" },
      ],
      compositions: [{ name: "clip", promptNames: ["movement", "subject"] }],
    });

    // A removed prompt leaves its composition.
    await page.getByRole("button", { name: "Remove movement", exact: true }).click();
    await clip.getByText("Noa with a lantern, fine grain", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Discard" }).click();
    await clip.getByText("slow push in + Noa").waitFor();
    await page.getByText("Everything is saved").waitFor();
  });

  test("the order of prompts is changed from the keyboard", async () => {
    await importPrompts({ sceneId: sceneId(2) }, version2({ subject: "Noa", camera: "wide", look: "grain" }));
    const page = await tabs.open(path(2));
    const handle = page.getByRole("button", { name: "Move look", exact: true });
    await handle.focus();
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByText("The new order is unsaved.").waitFor();
    await page.keyboard.press("Alt+ArrowUp");
    await saveAll(page);
    const names = (await scenePrompts(sceneId(2)))?.prompts.map(({ name }) => name);
    expect(names).toEqual(["look", "subject", "camera"]);
  });

  test("a file of version 1 is imported with warnings, kept as a frozen backup, and rolled back to", async () => {
    const page = await tabs.open(path(3));
    await chooseFile(page, "Import", "old.json", {
      girl_pos: "a girl in the rain",
      wan_prompt: "she turns",
      steps: 20,
    });
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/^A file of version 1 with 2 texts/).waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Import" }).click();
    await dialog.getByText(/2 prompts were made of it/).waitFor();
    await dialog.getByText('"steps" is no text; it is in the backup only.').waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();

    await text(page, "girl_pos").fill("Noa in the rain");
    await page.getByLabel("Name of girl_pos").fill("subject");
    await saveAll(page);
    await page.getByRole("button", { name: "More for the prompts" }).click();
    await page.getByRole("menuitem", { name: "Backup of version 1…" }).click();
    const backup = page.getByRole("dialog", { name: "Backup of version 1" });
    await backup.getByText("a girl in the rain").waitFor();
    await backup.getByText("no text").waitFor();
    await page.screenshot({ path: `${screenshots}/scene-prompts-backup.png` });
    await backup.getByRole("button", { name: "Roll back to it" }).click();
    const question = page.getByRole("alertdialog");
    await question.getByText(/^2 prompts and 0 compositions go; 2 prompts of the backup take their place/).waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await question.getByRole("button", { name: "Roll back" }).click();
    await page.getByLabel("Name of girl_pos").waitFor();
    expect((await scenePrompts(sceneId(3)))?.prompts).toEqual([
      { name: "girl_pos", value: "a girl in the rain" },
      { name: "wan_prompt", value: "she turns" },
    ]);
  });

  test("two who write at once are shown both, and a merge keeps what each of them changed", async () => {
    await importPrompts({ sceneId: sceneId(4) }, version2({ subject: "two women", camera: "wide", look: "grain" }));
    const one = await tabs.open(path(4));
    const other = await tabs.open(path(4));
    await text(one, "subject").fill("Noa and Mara");
    await text(one, "camera").fill("close");
    await text(other, "subject").fill("Mara alone");
    await text(other, "look").fill("no grain");
    await saveAll(other);
    // The first is told before they save, and asked when they do.
    await one.getByText("Somebody has changed these prompts since you began").waitFor();
    await save(one).click();
    const dialog = one.getByRole("dialog", { name: "The prompts were changed meanwhile" });
    const subject = dialog.getByRole("region", { name: "subject" });
    await subject.getByText("Noa and Mara").or(subject.getByText("Noa and")).first().waitFor();
    await subject.getByText("alone").waitFor();
    await dialog.getByText(/^Changed by others only: look\./).waitFor();
    expect(await accessibilityIssues(one)).toEqual([]);
    await one.screenshot({ path: `${screenshots}/scene-prompts-conflict.png` });
    await dialog.getByRole("button", { name: /^Merge/ }).click();
    await dialog.waitFor({ state: "detached" });
    expect((await scenePrompts(sceneId(4)))?.prompts).toEqual([
      { name: "subject", value: "Noa and Mara" },
      { name: "camera", value: "close" },
      { name: "look", value: "no grain" },
    ]);
    // The other sees it without asking.
    await eventually(async () => expect(await text(other, "camera").textContent()).toBe("close"));
  });

  test("names are found over scenes, branch and project, with where they are missing", async () => {
    await importPrompts({ sceneId: sceneId(2) }, version2({ weather: "rain" }));
    const page = await tabs.open(path(5));
    const weather = page.getByRole("listitem").filter({ hasText: "weather" });
    await weather.getByText("missing in 4 of 5").waitFor();
    await weather.getByText("also here").waitFor();
    await page.getByRole("listitem").filter({ hasText: "look" }).getByText("in all 5 scenes").waitFor();
    await page.getByRole("radio", { name: "Project" }).click();
    await weather.getByText("missing in 4 of 5").waitFor();
    await weather.getByRole("link", { name: /1 Closing time$/ }).click();
    await page.getByRole("heading", { name: "Prompts of scene 1: Closing time", level: 1 }).waitFor();
  });

  test("pose, size and LoRAs are saved as they are changed, and read from files", async () => {
    const page = await tabs.open(path(5));
    await page.getByLabel("Pose", { exact: true }).fill("kneeling");
    await page.getByLabel("Width").fill("768");
    await page.getByLabel("Height").fill("432");
    await page.getByLabel("LoRA", { exact: true }).fill("film-grain.safetensors");
    await page.getByRole("button", { name: "Add LoRA" }).click();
    await page.getByLabel("Strength of film-grain.safetensors").fill("0.6");
    await page.keyboard.press("Enter");
    await page.getByRole("checkbox", { name: "film-grain.safetensors" }).click();
    const metadata = () =>
      ask<{ scene: { metadata: object } }>("query ($id: ID!) { scene(id: $id) { metadata { poseFile loraFile } } }", {
        id: sceneId(5),
      }).then(({ scene }) => scene.metadata);
    await eventually(async () =>
      expect(await metadata()).toEqual({
        poseFile: {
          pose_name: "kneeling",
          mask_type: null,
          depth_type: null,
          resolution: { width: 768, height: 432 },
        },
        loraFile: [{ name: "film-grain.safetensors", strength: 0.6, enabled: false }],
      }),
    );
    // What can't be stays written, with the reason beside it.
    await page.getByLabel("Strength of film-grain.safetensors").fill("40");
    await page.keyboard.press("Enter");
    await page.getByText("a strength is -10 to 10").waitFor();
    const loras = [
      { name: "a.safetensors", strength: 1, enabled: true },
      { name: "b.safetensors", strength: 0.5, enabled: true },
    ];
    await chooseFile(page, "Import a file", "loras.json", loras);
    await page.getByRole("button", { name: "Move b.safetensors", exact: true }).focus();
    await page.keyboard.press("Alt+ArrowUp");
    await eventually(async () => expect(await metadata()).toMatchObject({ loraFile: loras.toReversed() }));
    await page.getByRole("button", { name: "Remove a.safetensors", exact: true }).click();
    await eventually(async () => expect(await metadata()).toMatchObject({ loraFile: [loras[1]] }));
  });
});

const text = (page: Page, name: string) => page.getByLabel(`Text of ${name}`, { exact: true });
const save = (page: Page) => page.getByRole("button", { name: "Save changes" });

async function saveAll(page: Page): Promise<void> {
  await save(page).click();
  await page.getByText("Everything is saved").waitFor();
}

async function chooseFile(page: Page, button: string, name: string, content: object): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(content)) });
}
