import type { Page } from "playwright-core";
import { ask, change, eventually, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { tellStory } from "./support/stories.ts";

/** One amber pixel. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4PksHAARJAb6irHLBAAAAAElFTkSuQmCC",
  "base64",
);

describeInBrowser("visual styles and the asset library", () => {
  const tabs = useBrowser();

  test("a style is written, given a picture and locked; another takes its place, and what follows is said", async () => {
    const { projectId } = await tellStory("Night Market", []);
    const page = await tabs.open(`/stories/styles?project=${encodeURIComponent(projectId)}`);
    await page.getByRole("button", { name: "New style" }).last().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Wet neon");
    await dialog.getByRole("button", { name: "Create style" }).click();
    const style = page.getByRole("region", { name: "Wet neon" });
    await style.getByLabel("Text", { exact: true }).fill("cut paper, one warm lantern");
    await style.getByText("1 unsaved change").waitFor();
    await style.getByRole("button", { name: "Save changes" }).click();
    await style.getByText("Everything is saved").waitFor();
    await choosePicture(page, "Choose or drop pictures", "lantern.png");
    await style.getByRole("img", { name: "lantern.png" }).waitFor();

    await style.getByRole("button", { name: "Lock for the project" }).click();
    await page
      .getByRole("alertdialog")
      .getByText(/every picture of the project’s assets is made in it/)
      .waitFor();
    await page.getByRole("button", { name: "Lock style" }).click();
    await style.getByText("The project’s pictures are made in this style").waitFor();
    expect(await style.getByLabel("Name").isEditable()).toBe(false);

    // Somebody else makes another style, which is locked in its place.
    await change(
      "createVisualStyle",
      "CreateVisualStyleInput",
      { projectId, name: "Daylight", prompt: "overcast" },
      "visualStyle { id }",
    );
    await page.reload();
    await page.getByRole("button", { name: /^Daylight/ }).click();
    const other = page.getByRole("region", { name: "Daylight" });
    await other.getByRole("button", { name: "Lock for the project" }).click();
    await page
      .getByRole("alertdialog")
      .getByText(/Wet neon is unlocked in its place/)
      .waitFor();
    await page.getByRole("button", { name: "Lock style" }).click();
    await other.getByRole("button", { name: "Unlock" }).click();
    await page
      .getByRole("alertdialog")
      .getByText(/no picture of an asset can be made/)
      .waitFor();
    await page.getByRole("button", { name: "Unlock style" }).click();
    await other.getByRole("button", { name: "Delete Daylight" }).click();
    await page.getByRole("button", { name: "Delete style" }).click();
    await style.getByText("Everything is saved").waitFor();
    const { node } = await ask<{ node: { lockedStyle: null; visualStyles: { name: string }[] } }>(
      "query ($id: ID!) { node(id: $id) { ... on Project { lockedStyle { id } visualStyles { name } } } }",
      { id: projectId },
    );
    expect(node).toEqual({ lockedStyle: null, visualStyles: [{ name: "Wet neon" }] });
  });

  test("an asset of the library is made, found, changed and deleted, with how many projects use it", async () => {
    const name = unique("Tea kettle");
    const page = await tabs.open("/asset-library");
    await page.getByRole("button", { name: "New asset" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Type").selectOption("PROP");
    await dialog.getByLabel("Description").fill("Dented copper");
    await choosePicture(page, "Picture", "kettle.png");
    await dialog.getByText("kettle.png").waitFor();
    await dialog.getByRole("button", { name: "Put into the library" }).click();
    const tile = page.getByRole("listitem", { name });
    await tile.getByText("in no project yet").waitFor();
    await tile.getByRole("img", { name }).waitFor();

    // A project gives it a place; the library tells.
    const { branchId } = await tellStory("Tea house", []);
    const { libraryAssets } = await ask<{ libraryAssets: { nodes: { id: string }[] } }>(
      "query ($search: String!) { libraryAssets(search: $search) { nodes { id } } }",
      { search: name },
    );
    const libraryAssetId = libraryAssets.nodes[0]?.id;
    await change("cloneLibraryAsset", "CloneLibraryAssetInput", { libraryAssetId, branchId }, "isNew");
    await page.getByLabel("Search the library").fill(name);
    await eventually(async () => expect(new URL(page.url()).searchParams.get("search")).toBe(name));
    await tile.getByText("in 1 project").waitFor();
    await page.getByRole("radio", { name: "Characters" }).click();
    await page.getByText("No asset is like that").waitFor();
    await page.getByRole("radio", { name: "Props" }).click();

    await tile.getByRole("button", { name: `Edit ${name}` }).click();
    await dialog.getByText("1 project made something of it: what they have stays as it is.").waitFor();
    await dialog.getByLabel("Description").fill("Dented copper, a bent spout");
    await dialog.getByRole("button", { name: "Save" }).click();
    await tile.getByText("Dented copper, a bent spout").waitFor();
    await tile.getByRole("button", { name: `Delete ${name}` }).click();
    await page
      .getByRole("alertdialog")
      .getByText(/^1 project keeps what it was given of it/)
      .waitFor();
    await page.getByRole("button", { name: "Delete from the library" }).click();
    await tile.waitFor({ state: "detached" });
  });
});

async function choosePicture(page: Page, button: string, name: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: button }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: "image/png", buffer: pixel });
}
