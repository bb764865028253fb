import { ask, importWorkflow, jobReaches, submitJob, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { textToImage } from "./support/graphs.ts";

describeInBrowser("the settings", () => {
  const tabs = useBrowser();

  test("storage is told by kind, and what the installation is made of", async () => {
    const workflow = await importWorkflow(unique("stored"), textToImage({ steps: 1 }));
    const job = await submitJob({ workflowId: workflow.id });
    await jobReaches(job.id, "SUCCEEDED");
    const page = await tabs.open("/");
    await page.getByRole("link", { name: "Settings" }).first().click();
    const storage = page.getByRole("region", { name: "Storage", exact: true });
    await storage.getByText("A folder of the server").waitFor();
    await storage.getByRole("row", { name: /^Outputs/ }).waitFor();
    const about = page.getByRole("region", { name: "About" });
    await about.getByText(/PostgreSQL 18.*started by Callsheet/).waitFor();
    await about.getByText("In the database").waitFor();
    await page
      .getByRole("region", { name: "Prompt language model" })
      .getByText(/^Simulated/)
      .waitFor();
    await about.getByRole("button", { name: "Keyboard shortcuts" }).click();
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  });

  test("a rule is changed, refused when it makes no sense, and taken back", async () => {
    const page = await tabs.open("/settings");
    const retention = page.getByRole("region", { name: "Retention" });
    await retention.getByText("every day at 04:00").waitFor();
    await retention.getByRole("button", { name: "Change how long staged inputs are kept" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Days").fill("0");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog
      .getByRole("alert")
      .getByText(/at least a day/)
      .first()
      .waitFor();
    await dialog.getByLabel("Days").fill("30");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "hidden" });
    await retention.getByText("kept 30 days after their last job").waitFor();
    await retention.getByText(/the configuration says: kept 14 days/).waitFor();
    await page.reload();
    await retention.getByText("kept 30 days after their last job").waitFor();
    await retention.getByRole("button", { name: /Let the configuration say/ }).click();
    await retention.getByText("kept 14 days after their last job").waitFor();
  });

  test("a clean-up is looked at first; when nothing may go, nothing is offered", async () => {
    const page = await tabs.open("/settings");
    const retention = page.getByRole("region", { name: "Retention" });
    await retention.getByRole("button", { name: "See what could go now" }).click();
    await retention.getByText(/^Nothing: every file is still needed/).waitFor();
    expect(await retention.getByRole("button", { name: /^Delete/ }).count()).toBe(0);
  });

  test("presets show what they hold, and are renamed and deleted", async () => {
    const [name, renamed, size] = [unique("Night"), unique("Dusk"), unique("Cinema")];
    await ask(
      `mutation ($content: JSON!, $name: String!) {
         savePreset(input: { kind: PROMPT, category: IMAGE_GEN, name: $name, content: $content }) { __typename } }`,
      { name, content: { positive_prompt: "a lantern seller in the rain" } },
    );
    const page = await tabs.open("/settings");
    const presets = page.getByRole("region", { name: "Presets" });
    await presets.getByRole("button", { name: new RegExp(`^${name} Image generation`) }).click();
    await presets.getByText("a lantern seller in the rain").waitFor();
    await presets.getByRole("button", { name: `Rename ${name}` }).click();
    await page.getByRole("dialog").getByLabel("Name").fill(renamed);
    await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
    await presets.getByRole("button", { name: `Delete ${renamed}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete preset" }).click();
    await presets.getByText(renamed).waitFor({ state: "hidden" });

    await presets.getByRole("button", { name: "Add" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill(size);
    await page.getByRole("dialog").getByLabel("Height").fill("432");
    await page.getByRole("dialog").getByRole("button", { name: "Add resolution" }).click();
    await presets.getByText("1024 × 432").waitFor();
    await presets.getByRole("button", { name: `Delete ${size}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete resolution" }).click();
    await presets.getByText("1024 × 432").waitFor({ state: "hidden" });
  });
});
