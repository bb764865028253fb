import { ask, importWorkflow, jobReaches, submitJob, unique } from "./support/api.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { textToImage } from "./support/graphs.ts";

interface Machine {
  id: string;
  name: string;
  labels: string[];
  pools: string[];
}

describeInBrowser("the machines", () => {
  const tabs = useBrowser();
  /** A machine that no other test's jobs go to. */
  let machine: Machine;
  let pool: string;

  const update = (input: object) =>
    ask("mutation ($input: UpdateMachineInput!) { updateMachine(input: $input) { __typename } }", {
      input: { id: machine.id, ...input },
    });

  const present = async () => {
    const { machines } = await ask<{ machines: (Machine & { isEnabled: boolean })[] }>(
      "{ machines { id name labels pools isEnabled } }",
    );
    return machines.find(({ id }) => id === machine.id);
  };

  beforeAll(async () => {
    const { machines } = await ask<{ machines: Machine[] }>("{ machines { id name labels pools } }");
    machine = machines.at(-1) as Machine;
    pool = unique("dash").replace(" ", "-");
    await update({ pools: [pool] });
  });
  afterAll(async () => {
    await update({ pools: machine.pools, labels: machine.labels, isEnabled: true });
  });

  test("what a machine runs now is live, with the way to the job, and its numbers follow", async () => {
    const workflow = await importWorkflow(unique("long"), textToImage({ steps: 200 }));
    const page = await tabs.open("/machines");
    const card = page.getByRole("article", { name: machine.name });
    await card.getByText("Idle").waitFor();
    const name = unique("Harbour");
    const job = await submitJob({ workflowId: workflow.id, name, pool });
    await card.getByRole("link", { name: new RegExp(`${name}, run 1`) }).waitFor();
    await card.getByText(/^\d+%$/).waitFor();
    await card.getByText("1 of 1").waitFor();
    await page.getByRole("region", { name: "Pools" }).getByText("1 running, 0 pending").first().waitFor();
    await card.getByRole("link", { name: new RegExp(name) }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    await ask("mutation ($id: ID!) { cancelJob(input: { id: $id, mode: NOW }) { __typename } }", { id: job.id });
    await jobReaches(job.id, "CANCELED");
    await page.goto("/machines");
    await card.getByText("Idle").waitFor();
  });

  test("a machine is drained, which another window sees, and enabled again", async () => {
    const [page, other] = [await tabs.open("/machines"), await tabs.open("/machines")];
    const card = page.getByRole("article", { name: machine.name });
    const seen = other.getByRole("article", { name: machine.name });
    await seen.getByText("Ready").waitFor();
    await card.getByRole("button", { name: `Actions for ${machine.name}` }).click();
    await page.getByRole("menuitem", { name: /^Drain/ }).click();
    // It has nothing in hand, so that it is done at once.
    await card.getByText("Disabled").waitFor();
    await seen.getByText("Disabled").waitFor();
    expect(await present()).toMatchObject({ isEnabled: false });
    await card.getByRole("button", { name: `Actions for ${machine.name}` }).click();
    await page.getByRole("menuitem", { name: "Enable" }).click();
    await seen.getByText("Ready").waitFor();
    expect(await present()).toMatchObject({ isEnabled: true });
  });

  test("labels are given to a machine, asked for in the form, and told by the job", async () => {
    const label = unique("gpu").replace(" ", "-");
    const page = await tabs.open("/machines");
    const card = page.getByRole("article", { name: machine.name });
    await card.getByRole("button", { name: `Actions for ${machine.name}` }).click();
    await page.getByRole("menuitem", { name: /^Edit/ }).click();
    await page.getByRole("dialog").getByLabel("Labels").fill(`${label}, fast`);
    await page.getByRole("dialog").getByRole("button", { name: "Save machine" }).click();
    await card.getByText(label).waitFor();
    expect((await present())?.labels.toSorted()).toEqual(["fast", label].toSorted());

    const workflow = await importWorkflow(unique("labelled"), textToImage({ steps: 1 }));
    await page.goto(`/generate?workflow=${encodeURIComponent(workflow.id)}`);
    await page.getByLabel("Pool").selectOption(pool);
    await page.getByRole("group", { name: "Only machines with" }).getByRole("checkbox", { name: label }).click();
    await page.getByRole("button", { name: /^Generate 1 run/ }).click();
    await page.getByRole("button", { name: "Open job" }).click();
    await page.getByText("Only machines with").waitFor();
    await page.getByText(label).waitFor();
    await page.getByText("Copied when submitted").waitFor();
  });
});
