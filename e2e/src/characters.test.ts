import type { Page, Request } from "playwright-core";
import {
  ask,
  createCharacter,
  createFragment,
  createSceneType,
  eventually,
  importWorkflow,
  setSceneDefault,
  unique,
} from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { choose } from "./support/choose.ts";
import { textToImage } from "./support/graphs.ts";

/** One pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

interface Cast {
  sceneTypeId: string;
  projectId: string;
  /** The first two characters of one project. */
  first: { id: string; name: string };
  second: { id: string; name: string };
}

async function cast(): Promise<Cast> {
  const workflow = await importWorkflow(unique("cast"), textToImage());
  const sceneType = await createSceneType(unique("Gate"), workflow.id);
  await setSceneDefault(sceneType.id, workflow.promptSlots[0]?.id ?? "", "{character_name} at the gate");
  const name = unique("Ines");
  const other = unique("Tomas");
  const first = await createCharacter(name, { role: "guard" });
  const { character } = await ask<{ character: { project: { id: string } } }>(
    "query ($id: ID!) { character(id: $id) { project { id } } }",
    { id: first.id },
  );
  const { createCharacter: made } = await ask<{ createCharacter: { character: { id: string } } }>(
    "mutation ($input: CreateCharacterInput!) { createCharacter(input: $input) { ... on CreateCharacterPayload { character { id } } } }",
    { input: { projectId: character.project.id, name: other, metadata: { role: "guard" } } },
  );
  return {
    sceneTypeId: sceneType.id,
    projectId: character.project.id,
    first: { id: first.id, name },
    second: { id: made.character.id, name: other },
  };
}

const pageOf = ({ sceneTypeId, first }: Cast) =>
  `/characters/${encodeURIComponent(first.id)}?scene=${encodeURIComponent(sceneTypeId)}`;
const positive = (page: Page) => page.getByRole("region", { name: "Positive Prompt 1" });
const shows = (page: Page, text: string) =>
  eventually(async () => expect((await positive(page).textContent()) ?? "").toContain(text));

async function write(page: Page, fragment: string): Promise<void> {
  await positive(page).getByLabel("New fragment for Positive Prompt 1").fill(fragment);
  await page.keyboard.press("Enter");
}

/** By the pointer, from one handle onto another. */
async function drag(page: Page, from: string, to: string): Promise<void> {
  const [start, end] = await Promise.all(
    [from, to].map((name) => positive(page).getByRole("button", { name, exact: true }).boundingBox()),
  );
  if (!start || !end) throw new Error(`no handle ${from} or ${to}`);
  const middle = { x: start.x + start.width / 2, y: start.y + start.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x, end.y + end.height / 2, { steps: 8 });
  await page.mouse.up();
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Everything is saved").waitFor();
}

async function useTool(page: Page, name: string): Promise<void> {
  await positive(page).getByRole("button", { name: "Tools for Positive Prompt 1" }).click();
  await page.getByRole("menuitem", { name }).click();
}

describeInBrowser("the character pages", () => {
  const tabs = useBrowser();

  test("characters are put into a group, whose overrides hold for all of them", async () => {
    const all = await cast();
    const group = unique("Guards");
    const page = await tabs.open(`/characters?project=${encodeURIComponent(all.projectId)}`);
    await page.getByRole("button", { name: "Groups" }).click();
    await page.getByLabel("New group").fill(group);
    await page.getByRole("button", { name: "Create group" }).click();
    await page.getByRole("button", { name: `Rename ${group}` }).click();
    await page.getByLabel("Name", { exact: true }).fill(`${group} of the gate`);
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await page.getByRole("button", { name: `Rename ${group} of the gate` }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByLabel(`Select ${all.first.name}`).check();
    await page.getByLabel(`Select ${all.second.name}`).check();
    await page.getByText("2 characters selected").waitFor();
    await page.getByLabel("Move to group").selectOption({ label: `${group} of the gate` });
    await page.getByText("2 characters selected").waitFor({ state: "hidden" });
    await page.getByLabel("Group", { exact: true }).selectOption({ label: `${group} of the gate` });
    await page.getByRole("link", { name: all.second.name }).waitFor();

    await page.goto(pageOf(all));
    await page.getByRole("radio", { name: /^Group/ }).click();
    await page.getByText("Holds for every character of the group.").waitFor();
    await positive(page).getByLabel("Base prompt of Positive Prompt 1").getByText("at the gate").waitFor();
    await write(page, "iron helmet");
    await write(page, "torch light");
    await positive(page).getByRole("button", { name: "Move torch light", exact: true }).press("Alt+ArrowUp");
    await shows(page, `${all.first.name} at the gate, torch light, iron helmet`);
    await drag(page, "Move iron helmet", "Move torch light");
    await shows(page, `${all.first.name} at the gate, iron helmet, torch light`);
    await drag(page, "Move torch light", "Move iron helmet");
    await shows(page, `${all.first.name} at the gate, torch light, iron helmet`);
    await save(page);

    // The other one of the group has it too, until the group is gone.
    await page.goto(pageOf({ ...all, first: all.second }));
    await shows(page, `${all.second.name} at the gate, torch light, iron helmet`);
    await page.getByRole("link", { name: "Characters", exact: true }).first().click();
    await page.getByRole("button", { name: "Groups" }).click();
    await choose(page.getByRole("dialog").getByLabel("Project"), `Project of ${all.first.name}`);
    await page.getByRole("button", { name: `Delete ${group} of the gate` }).click();
    await page.getByText("Its overrides go too. Its 2 characters stay, in no group.").waitFor();
    await page.getByRole("button", { name: "Delete group" }).click();
    await page.getByText("No group yet").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: all.second.name }).click();
    await page.getByRole("heading", { name: all.second.name, level: 1 }).waitFor();
    expect(await page.getByRole("radio", { name: /^Group/ }).isDisabled()).toBe(true);
  });

  test("a slot's fragments become a template and reach many characters after a preview", async () => {
    const all = await cast();
    const template = unique("Night exterior");
    const page = await tabs.open(pageOf(all));
    await write(page, "sodium lamps");
    await write(page, "wet asphalt");
    await page.getByLabel("Leave the base prompt out").check();
    await positive(page).getByText("sodium lamps, wet asphalt", { exact: true }).waitFor();
    await page.getByLabel("Leave the base prompt out").uncheck();
    await shows(page, `${all.first.name} at the gate, sodium lamps, wet asphalt`);
    await save(page);
    await useTool(page, "Save as a template");
    await page.getByLabel("Name", { exact: true }).fill(template);
    await page.getByRole("button", { name: "Save template" }).click();
    await page.getByText("Template saved").waitFor();

    await useTool(page, "Apply to many characters");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Characters", { exact: true }).selectOption({ label: "By metadata" });
    await dialog.getByLabel("Key").selectOption("role");
    await dialog.getByLabel("Text").fill("guard");
    await dialog.getByRole("button", { name: "See what changes" }).click();
    await dialog.getByText("1 character will change, 1 had everything already").waitFor();
    await dialog.getByRole("list", { name: "Changes" }).getByText(all.second.name).waitFor();
    await dialog.getByRole("button", { name: "Apply to 1 character" }).click();
    await dialog.waitFor({ state: "hidden" });

    await page.goto(pageOf({ ...all, first: all.second }));
    await shows(page, `${all.second.name} at the gate, sodium lamps, wet asphalt`);
    await positive(page).getByRole("button", { name: "Remove sodium lamps" }).click();
    await positive(page).getByRole("button", { name: "Remove wet asphalt" }).click();
    await useTool(page, "Templates");
    await page.getByLabel("Search templates").fill(template);
    await page.getByRole("button", { name: `Add ${template}` }).click();
    await shows(page, `${all.second.name} at the gate, sodium lamps, wet asphalt`);
    await page.getByText("Everything is saved").waitFor();

    // A template is edited by saving other fragments under its name.
    await positive(page).getByRole("button", { name: "Remove wet asphalt" }).click();
    await useTool(page, "Save as a template");
    await page.getByLabel("Name", { exact: true }).fill(template);
    await page.getByRole("button", { name: "Replace template" }).click();
    await page.getByText("Template replaced").waitFor();
    await positive(page).getByRole("button", { name: "Remove sodium lamps" }).click();
    await useTool(page, "Templates");
    await page.getByLabel("Search templates").fill(template);
    await page.getByRole("button", { name: `Add ${template}` }).click();
    await shows(page, `${all.second.name} at the gate, sodium lamps`);
  });

  test("a fragment that the library has changed is marked and brought up to date", async () => {
    const all = await cast();
    const text = unique("soft rim light");
    const { id } = await createFragment(text);
    const page = await tabs.open(pageOf(all));
    await positive(page).getByRole("button", { name: "Library" }).click();
    await page.getByLabel("Search fragments").fill(text);
    await page.getByRole("dialog").getByRole("button", { name: text }).first().click();
    await page.keyboard.press("Escape");
    await save(page);

    await ask("mutation ($input: UpdateFragmentInput!) { updateFragment(input: $input) { __typename } }", {
      input: { id, text: `${text}, from behind` },
    });
    await page.reload();
    await page.getByText(`The library now says “${text}, from behind”`).waitFor();
    await page.getByRole("button", { name: "Refresh all" }).click();
    await page.getByText("1 fragment brought up to date").waitFor();
    await shows(page, `${all.first.name} at the gate, ${text}, from behind`);

    // A new one is written where the library is searched.
    await positive(page).getByRole("button", { name: "Library" }).click();
    const added = unique("anamorphic flare");
    await page.getByLabel("Search fragments").fill(added);
    await page.getByText("No fragment matches").waitFor();
    await page.getByRole("button", { name: "Add new" }).click();
    await page.getByRole("button", { name: "Add to library and prompt" }).click();
    await shows(page, `${text}, from behind, ${added}`);
  });

  test("a character has reference images in an order, another name, and an end", async () => {
    const all = await cast();
    const page = await tabs.open(pageOf(all));
    await page.locator("input[type=file]").setInputFiles([
      { name: "face.png", mimeType: "image/png", buffer: png },
      { name: "coat.png", mimeType: "image/png", buffer: Buffer.concat([png, Buffer.from([0])]) },
    ]);
    const images = page.getByRole("list", { name: "Reference images" });
    const names = () => images.getByRole("img").evaluateAll((found) => found.map((each) => each.getAttribute("alt")));
    await eventually(async () => expect(await names()).toEqual(["face.png", "coat.png"]));
    // Who is quick has removed a picture before the answer about the order comes, in which it is still there.
    const asks = (request: Request, name: string) => request.postData()?.includes(`"operationName":"${name}"`) === true;
    const answered = (name: string) => page.waitForEvent("requestfinished", (request) => asks(request, name));
    const [reordered, removed] = [answered("ReorderCharacterImages"), answered("RemoveCharacterImages")];
    await page.route("**/graphql", async (route) => {
      if (!asks(route.request(), "ReorderCharacterImages")) return route.fallback();
      const response = await route.fetch();
      await removed;
      await route.fulfill({ response });
    });
    await images.getByRole("button", { name: "Move coat.png", exact: true }).press("Alt+ArrowLeft");
    await eventually(async () => expect(await names()).toEqual(["coat.png", "face.png"]));
    await images.getByRole("button", { name: "Remove face.png" }).click();
    await reordered;
    await eventually(async () => expect(await names()).toEqual(["coat.png"]));
    await page.unroute("**/graphql");

    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByLabel("Name", { exact: true }).fill(`${all.first.name} the elder`);
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await page.getByRole("heading", { name: `${all.first.name} the elder`, level: 1 }).waitFor();
    expect(await names()).toEqual(["coat.png"]);
    await shows(page, `${all.first.name} the elder at the gate`);

    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete character" }).click();
    await page.getByRole("heading", { name: "Characters", level: 1 }).waitFor();
    await page.getByRole("link", { name: all.second.name }).waitFor();
    expect(await page.getByRole("link", { name: `${all.first.name} the elder` }).count()).toBe(0);
  });
});
