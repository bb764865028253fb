import { EventEmitter, once } from "node:events";
import { eventually } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { dropFilesOn } from "./support/drop-file.ts";
import { modelName, type ModelServer, startModelServer } from "./support/model-server.ts";
import { type OwnStudio, startOwnStudio } from "./support/own-studio.ts";

/** Generous, for two busy cores: the product starts anew. */
const startTimeoutMs = 240_000;

describeInBrowser("with a language model server of one's own", () => {
  const tabs = useBrowser();
  let models: ModelServer;
  let studio: OwnStudio;
  beforeAll(async () => {
    models = await startModelServer();
    const purposes = ["CAPTION", "MOTION", "RELEVANCE", "TRANSLATION"];
    const settings = Object.fromEntries(purposes.map((purpose) => [`CALLSHEET_LLM_${purpose}_MODEL`, modelName]));
    // And of the documents that it runs: what the pages ask must all be among them.
    const known = { CALLSHEET_TRUSTED_DOCUMENTS: "own" };
    studio = await startOwnStudio({ CALLSHEET_LLM_URL: models.url, ...settings, ...known }, /Callsheet is ready/);
  }, startTimeoutMs);
  afterAll(async () => {
    await studio?.[Symbol.asyncDispose]();
    await models?.[Symbol.asyncDispose]();
  }, startTimeoutMs);

  const open = (path: string) => tabs.open(path, { baseURL: studio.web });

  test("a translation is read while the model still writes it", async () => {
    const gate = new EventEmitter();
    models.answer = async function* () {
      yield "Noa ran. ";
      yield "The red lantern ";
      await once(gate, "open");
      yield "beat against her knee.";
    };
    const page = await open("/works");
    await page.getByRole("link", { name: /La Dernière Lanterne/ }).click();
    await page.getByRole("link", { name: /Sous la pluie/ }).click();
    await page.getByRole("button", { name: "Translate" }).click();
    const text = page.getByRole("group", { name: "Translation", exact: true });
    await text.filter({ hasText: "Noa ran. The red lantern" }).waitFor();
    await page.getByText("Running").first().waitFor();
    expect(await text.innerText()).not.toContain("knee");
    await page.screenshot({ path: `${screenshots}/translation-being-written.png` });
    gate.emit("open");
    await text.filter({ hasText: "Noa ran. The red lantern beat against her knee." }).waitFor();
    await page.getByText("Succeeded").first().waitFor();
  });

  test("each clip has a text of its own, and a picture that fails says why while the others keep theirs", async () => {
    let isBroken = true;
    models.answer = async function* ({ text, isStructured }) {
      if (isStructured && text.includes("second picture") && isBroken) throw new Error("the context is too short");
      if (!isStructured) {
        pictures += 1;
        yield pictures === 1 ? "The first picture: a pier." : "The second picture: a gull.";
        return;
      }
      yield JSON.stringify({ clip_1: "She looks up.", clip_2: "She walks into the crowd." });
    };
    let pictures = 0;
    const page = await open("/workflows");
    await page.getByRole("link", { name: "Generate with Two clips" }).click();
    await dropFilesOn(page, page.locator("[data-takes-files]"), [{ name: "pier.png" }, { name: "gull.png" }]);
    const panel = page.locator("section", { has: page.getByRole("heading", { name: "Auto-prompts" }) });
    await panel.getByRole("button", { name: "Generate motion" }).click();
    await panel.getByText("1 picture with prompts, 1 failed").waitFor();
    const alert = panel.getByRole("alert");
    await alert.getByText(/The language model server refused the request \(400\): the context is too short/).waitFor();
    expect(await panel.getByLabel(/^Clip 1 of /).inputValue()).toBe("She looks up.");
    expect(await panel.getByLabel(/^Clip 2 of /).inputValue()).toBe("She walks into the crowd.");
    // The check at the side is pale while it looks again.
    await eventually(async () => expect(await accessibilityIssues(page)).toEqual([]));
    await panel.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${screenshots}/auto-prompts-failed.png` });

    isBroken = false;
    await panel.getByRole("button", { name: "Write the rest again" }).click();
    await panel.getByText("2 pictures with prompts").waitFor();
    await alert.waitFor({ state: "hidden" });
  });

  test("while the model's server is away the panel says what to start, and runs go on without it", async () => {
    const page = await open("/workflows");
    await models.stop();
    await page.getByRole("link", { name: "Generate with Text to image" }).click();
    await page.getByRole("button", { name: /^Generate \d+ run/ }).click();
    await page.getByText(/^Queued \d+ run/).waitFor();
    await page.getByRole("button", { name: "Open job" }).click();
    await page.getByRole("list", { name: "Results" }).getByRole("button").first().waitFor();

    await page.getByRole("link", { name: "Workflows" }).first().click();
    await page.getByRole("link", { name: "Generate with Two clips" }).click();
    await dropFilesOn(page, page.locator("[data-takes-files]"), [{ name: "mast.png" }]);
    const panel = page.locator("section", { has: page.getByRole("heading", { name: "Auto-prompts" }) });
    await panel.getByText("No language model can be asked").waitFor();
    await panel.getByText(/^Nothing answers at .*: start the server/).waitFor();
    expect(await panel.getByRole("button", { name: "Generate motion" }).isDisabled()).toBe(true);
    await models.start();
    await panel.getByRole("button", { name: "Look again" }).click();
    await panel.getByRole("button", { name: "Generate motion", disabled: false }).waitFor();
  });
});
