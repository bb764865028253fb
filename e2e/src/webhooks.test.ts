import { createHmac } from "node:crypto";
import { eventually, importWorkflow, jobReaches, submitJob, unique } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { textToImage } from "./support/graphs.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";

describeInBrowser("webhooks", () => {
  const tabs = useBrowser();
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await receiver[Symbol.asyncDispose]();
  });

  const last = () => receiver.received.at(-1);
  const arrives = (count: number) =>
    eventually(async () => {
      if (receiver.received.length < count) throw new Error(`${receiver.received.length} of ${count} came`);
      return last();
    });
  const signature = (secret: string): string => {
    const { headers, body = "" } = last() ?? {};
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    const signed = `${String(headers?.["webhook-id"])}.${String(headers?.["webhook-timestamp"])}.${body}`;
    return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  };
  /** Opens the settings, adds a webhook and copies its secret. */
  const add = async (name: string) => {
    const page = await tabs.open("/settings");
    const panel = page.getByRole("region", { name: "Webhooks", exact: true });
    await panel.getByRole("button", { name: "New webhook" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Address").fill(receiver.url);
    await dialog.getByRole("button", { name: "Add webhook" }).click();
    const secret = await dialog.locator("code").innerText();
    await dialog.getByRole("button", { name: "Done" }).click();
    await dialog.waitFor({ state: "hidden" });
    const row = panel.getByRole("listitem", { name });
    const choose = async (item: string) => {
      await row.getByRole("button", { name: `More for ${name}` }).click();
      await page.getByRole("menuitem", { name: item }).click();
    };
    return { page, panel, row, choose, secret };
  };
  const finishJob = async () => {
    const workflow = await importWorkflow(unique("told"), textToImage({ steps: 1 }));
    const job = await submitJob({ workflowId: workflow.id });
    await jobReaches(job.id, "SUCCEEDED");
    return job;
  };

  test("a webhook is made with its secret shown once; what cannot be is told at its field", async () => {
    const name = unique("Pipeline");
    const page = await tabs.open("/settings");
    const panel = page.getByRole("region", { name: "Webhooks", exact: true });
    await panel.getByRole("button", { name: "New webhook" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("ftp://nowhere");
    await dialog.getByRole("checkbox", { name: "Job ended" }).click();
    await dialog.getByRole("button", { name: "Add webhook" }).click();
    await dialog.getByText("a webhook needs a name").waitFor();
    await dialog.getByText("choose at least one event").waitFor();
    await dialog.getByLabel("Address").and(page.locator("[aria-invalid]")).waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Address").fill(receiver.url);
    await dialog.getByRole("checkbox", { name: "Run failed" }).click();
    await dialog.getByRole("button", { name: "Add webhook" }).click();
    const secret = await dialog.locator("code").innerText();
    expect(secret).toMatch(/^whsec_/);
    // Beside the dialog: what is shown once is not lost by a slip of the hand.
    await page.mouse.click(5, 5);
    expect(await dialog.locator("code").innerText()).toBe(secret);
    expect(await accessibilityIssues(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Done" }).click();
    await panel.getByRole("listitem", { name }).getByText("Enabled").waitFor();
    expect(await page.content()).not.toContain(secret);
    await page.reload();
    await panel.getByRole("listitem", { name }).getByText("Run failed · all projects").waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  test("a test arrives signed; the log shows live what was sent, and a replay has the old id", async () => {
    const { page, row, choose, secret } = await add(unique("Log"));
    await row.getByRole("button", { name: /^Test/ }).click();
    await row.getByText(/^The ping arrived: 200/).waitFor();
    expect(JSON.parse(last()?.body ?? "")).toMatchObject({ type: "ping" });
    expect(last()?.headers["webhook-signature"]).toBe(signature(secret));

    await row.getByRole("button", { name: "Deliveries" }).click();
    await row.getByText("Nothing was sent yet.").waitFor();
    const job = await finishJob();
    await arrives(2);
    const log = row.getByRole("list", { name: "Deliveries" });
    await log.getByText("Delivered").waitFor();
    await log.getByRole("button", { name: /^Delivered Job ended 200/ }).click();
    const payload = log.getByRole("region", { name: "Payload" });
    await payload.getByRole("button", { name: /^data/ }).click();
    await payload.getByRole("button", { name: /^job/ }).click();
    await payload.getByText(JSON.stringify(job.name)).waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);

    const id = last()?.headers["webhook-id"];
    await log.getByRole("button", { name: "Replay Job ended" }).click();
    await arrives(3);
    expect(last()?.headers["webhook-id"]).toBe(id);
    await log.getByText("Delivered").waitFor();

    await choose("New secret…");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Make a new secret" }).click();
    const next = await dialog.locator("code").innerText();
    expect(next).not.toBe(secret);
    await dialog.getByRole("button", { name: "Done" }).click();
    await row.getByRole("button", { name: /^Test/ }).click();
    await arrives(4);
    for (const each of [secret, next]) expect(last()?.headers["webhook-signature"]).toContain(signature(each));
  });

  test("a target that is gone is seen disabled at once, and why; it is enabled again, disabled and deleted", async () => {
    const name = unique("Gone");
    const { page, panel, row, choose } = await add(name);
    receiver.answerWith(410);
    await finishJob();
    await row.getByText("Disabled by itself").waitFor();
    await row.getByText("The receiver answered 410: it is gone").waitFor();
    await row.getByRole("button", { name: "Deliveries" }).click();
    await row.getByRole("list", { name: "Deliveries" }).getByText("Failed").waitFor();
    await row.getByRole("button", { name: "Replay Job ended" }).click();
    await row.getByText(/enable it first/).waitFor();

    await choose("Enable");
    await row.getByText("Enabled").waitFor();
    receiver.answerWith(200);
    await row.getByRole("button", { name: "Replay Job ended" }).click();
    await row.getByRole("list", { name: "Deliveries" }).getByText("Delivered").waitFor();

    await choose("Disable");
    await row.getByText("Disabled", { exact: true }).waitFor();
    await choose("Delete…");
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete webhook" }).click();
    await panel.getByRole("listitem", { name }).waitFor({ state: "hidden" });
  });
});
