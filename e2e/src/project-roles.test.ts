import type { BrowserContextOptions, Page } from "playwright-core";
import { ask, askingIn, change, jobReaches, submitJob } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { choose } from "./support/choose.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { addMember, type ForeignProject, furnishProject } from "./support/foreign-project.ts";
import { askAs, invite, join, keyOf, setUp } from "./support/people.ts";
import { type PasswordStudio, startPasswordStudio } from "./support/password-studio.ts";
import { isRefused, keyIsRefused } from "./support/refusals.ts";

/** Generous, for two busy cores: the product starts anew. */
const startTimeoutMs = 240_000;
const inProject = "In this project you may look, not change";

describeInBrowser("roles in projects", () => {
  const tabs = useBrowser();
  let studio: PasswordStudio;
  /** Who is signed in: an administrator, and a creator of the studio who writes in one project and looks in others. */
  let ada: BrowserContextOptions;
  let bea: BrowserContextOptions;
  let asAda: <Value>(asking: () => Promise<Value>) => Promise<Value>;

  const open = (path: string, person: BrowserContextOptions = {}): Promise<Page> => {
    // What is asked before anybody signed in, and the browser's own words about it.
    tabs.allow(/status of 40[01]/);
    return tabs.open(path, { baseURL: studio.web, ...person });
  };
  const signedIn = async (page: Page) => ({ storageState: await page.context().storageState() });

  beforeAll(async () => {
    studio = await startPasswordStudio();
    const admin = await open(studio.firstLink);
    await setUp(admin, "ada@studio.example", "Ada");
    const key = await keyOf(admin, "ADMIN");
    asAda = (asking) => askingIn(studio.web, key, asking);
    await asAda(() => change("createProject", "CreateProjectInput", { name: "Night ferry" }, "project { id }"));
    const creator = await open(await invite(admin, "bea@studio.example", "Creator", "Night ferry"));
    await join(creator, "Bea");
    await asAda(async () => {
      type Projects = { projects: { nodes: { id: string; name: string }[] } };
      const { projects } = await ask<Projects>("{ projects(first: 50) { nodes { id name } } }");
      const market = projects.nodes.find(({ name }) => name === "Night Market");
      await addMember(market?.id ?? "", "bea@studio.example", "VIEWER");
    });
    [ada, bea] = [await signedIn(admin), await signedIn(creator)];
  }, startTimeoutMs);
  afterAll(async () => {
    await studio?.[Symbol.asyncDispose]();
  }, startTimeoutMs);

  test("who may only look in a project finds its styles, libraries and takes so, by key as well", async () => {
    const [admin, creator] = [await open("/stories", ada), await open("/stories", bea)];
    await creator.getByRole("heading", { name: "Night Market" }).waitFor();
    type Lists = Record<string, { nodes: { id: string; name: string }[] }>;
    const { characters, sceneTypes } = await askAs<Lists>(
      admin,
      "{ characters(first: 50) { nodes { id name } } sceneTypes(first: 50) { nodes { id name } } }",
    );
    const idOf = (list: Lists[string] | undefined, name: string) =>
      list?.nodes.find((each) => each.name === name)?.id ?? "";
    const generate = "mutation ($input: GenerateTakeInput!) { generateTake(input: $input) { __typename } }";
    await askAs(admin, generate, {
      input: { characterId: idOf(characters, "Mara"), sceneTypeId: idOf(sceneTypes, "Portrait at the stall") },
    });

    await creator.goto("/gallery?view=takes");
    const take = creator.getByRole("listitem", { name: "Take of Mara in Portrait at the stall" });
    await take.getByText("Review", { exact: true }).waitFor();
    await take.focus();
    await keyIsRefused(creator, "a", inProject);
    await isRefused(take.getByRole("button", { name: "Approve" }), inProject);
    await take.getByRole("button", { name: /^Actions for the take/ }).click();
    await creator.getByRole("menu").getByText(inProject).waitFor();
    expect(await creator.getByRole("menuitem", { disabled: false }).count()).toBe(0);
    await creator.keyboard.press("Escape");
    await take.getByRole("checkbox").check();
    const batch = creator.getByRole("toolbar", { name: "Selected takes" });
    await isRefused(batch.getByRole("button", { name: /^Reject/ }), inProject);
    expect(await accessibilityIssues(creator)).toEqual([]);
    await creator.screenshot({ path: `${screenshots}/roles-takes.png` });

    // The grid of outputs knows nothing of projects: the large view asks.
    await creator.goto("/gallery");
    await creator.locator("button[data-output]").first().click();
    const large = creator.getByRole("dialog");
    await isRefused(large.getByRole("button", { name: "Reject" }), inProject);
    await isRefused(large.getByRole("button", { name: "Run again exactly" }), inProject);
    await keyIsRefused(creator, "5", inProject);
    await creator.screenshot({ path: `${screenshots}/roles-large.png` });
    const judged = async () =>
      (await askAs<{ takes: object }>(admin, "{ takes(first: 5) { nodes { status rating } } }")).takes;
    expect(await judged()).toEqual({ nodes: [{ status: "REVIEW", rating: null }] });

    // Nor does the queue, until something is to be done with a job.
    const { jobs } = await askAs<Lists>(
      admin,
      `{ jobs(first: 5, search: "Portrait at the stall") { nodes { id name } } }`,
    );
    await creator.goto(`/jobs/${encodeURIComponent(jobs?.nodes[0]?.id ?? "")}`);
    await creator.getByRole("button", { name: /^Actions for Portrait/ }).click();
    await creator.getByRole("menu").getByText(inProject).waitFor();
    expect(await creator.getByRole("menuitem", { disabled: false }).count()).toBe(0);
    await creator.screenshot({ path: `${screenshots}/roles-job.png` });
    await creator.keyboard.press("Escape");

    // Of several at once, only those of a project in which the person may change something.
    const { projects, workflows } = await askAs<Lists>(
      creator,
      "{ projects(first: 50) { nodes { id name } } workflows(first: 50) { nodes { id name } } }",
    );
    const { createSceneType, createCharacter } = await askAs<Record<string, Record<string, { id: string }>>>(
      creator,
      `mutation ($sceneType: CreateSceneTypeInput!, $character: CreateCharacterInput!) {
        createSceneType(input: $sceneType) { ... on CreateSceneTypePayload { sceneType { id } } }
        createCharacter(input: $character) { ... on CreateCharacterPayload { character { id } } }
      }`,
      {
        sceneType: {
          name: "On deck",
          workflowId: idOf(workflows, "Text to image"),
          generationStrategy: "WORKFLOW_MANAGED",
        },
        character: { name: "Iven", projectId: idOf(projects, "Night ferry") },
      },
    );
    await askAs(creator, generate, {
      input: { characterId: createCharacter?.["character"]?.id, sceneTypeId: createSceneType?.["sceneType"]?.id },
    });
    await creator.goto("/gallery?view=takes");
    const own = creator.getByRole("listitem", { name: "Take of Iven in On deck" });
    await own.getByText("Review", { exact: true }).waitFor();
    await own.getByRole("checkbox").check();
    await take.getByRole("checkbox").check();
    await batch.getByRole("button", { name: "Approve 1…" }).click();
    const approve = creator.getByRole("alertdialog");
    await approve.getByText("1 of the selected stays as it is: in its project you may look, not change.").waitFor();
    await creator.screenshot({ path: `${screenshots}/roles-batch.png` });
    await approve.getByRole("button", { name: "Approve 1 take" }).click();
    await own.getByText("Approved", { exact: true }).waitFor();
    expect(await judged()).toEqual({
      nodes: [
        { status: "APPROVED", rating: null },
        { status: "REVIEW", rating: null },
      ],
    });

    const main = creator.getByRole("main");
    const project = encodeURIComponent(idOf(projects, "Night Market"));
    const styles = `/stories/styles?project=${project}`;
    await creator.goto(styles);
    await isRefused(main.getByRole("button", { name: "New style" }), inProject);
    await isRefused(main.getByRole("button", { name: "Unlock" }), inProject);
    expect(await accessibilityIssues(creator)).toEqual([]);
    await creator.screenshot({ path: `${screenshots}/roles-styles.png` });
    await main.getByLabel("Project").selectOption({ label: "Night ferry" });
    await main.getByRole("button", { name: "New style" }).first().click();
    await creator.getByRole("dialog").waitFor();

    await creator.goto(`/libraries?project=${project}`);
    await isRefused(main.getByRole("button", { name: "Detach Looks" }), inProject);
    await main.getByRole("link", { name: "Looks" }).click();
    await main.getByRole("status").getByText(inProject).waitFor();
    await isRefused(main.getByRole("button", { name: "Settings" }), inProject);
    await isRefused(main.getByRole("button", { name: "Save changes" }), inProject);
    await creator.goto(`/scene-types/${encodeURIComponent(idOf(sceneTypes, "First snow"))}`);
    await isRefused(main.getByRole("button", { name: "Settings" }), inProject);

    // What asks for a project goes by the one that is chosen.
    await creator.goto(`/characters?project=${project}`);
    await main.getByRole("button", { name: "New character" }).click();
    const making = creator.getByRole("dialog", { name: "New character" });
    await isRefused(making.getByRole("button", { name: "Create character" }), inProject);
    await choose(making.getByLabel("Project"), "Night ferry");
    await making.getByRole("button", { name: "Create character" }).and(creator.locator(":enabled")).waitFor();
    await creator.screenshot({ path: `${screenshots}/roles-character.png` });

    const phone = await tabs.open(styles, {
      baseURL: studio.web,
      storageState: await creator.context().storageState(),
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await isRefused(phone.getByRole("main").getByRole("button", { name: "New style" }), inProject);
    await phone.screenshot({ path: `${screenshots}/roles-styles-390.png` });
  });

  describe("of who may only look in a project", () => {
    let project: ForeignProject;
    let asBea: typeof asAda;
    beforeAll(async () => {
      project = await asAda(furnishProject);
      await asAda(() => addMember(project.story.projectId, "bea@studio.example", "VIEWER"));
      const key = await keyOf(await open("/", bea), "WRITE");
      asBea = (asking) => askingIn(studio.web, key, asking);
    }, startTimeoutMs);
    const pathOf = (place: string, id: string) => `${place}/${encodeURIComponent(id)}`;

    test("films are watched, and neither begun nor chosen for nor steered", async () => {
      const films = `${pathOf("/stories/branches", project.story.branchId)}/executions`;
      const page = await open(films, bea);
      const main = page.getByRole("main");
      const buttonIsRefused = (name: string) => isRefused(main.getByRole("button", { name, exact: true }), inProject);
      await buttonIsRefused("Render the film");
      await page.getByText("Waits for a choice").waitFor();

      await page.goto(`${films}/new`);
      await main.getByRole("status").getByText(inProject).waitFor();
      for (const name of ["Replace", "Choose", "Take away", "Render the film"]) await buttonIsRefused(name);
      expect(await main.getByRole("combobox", { disabled: false }).count()).toBe(0);
      expect(await main.getByRole("spinbutton").getAttribute("readonly")).not.toBeNull();
      await page.screenshot({ path: `${screenshots}/roles-film-start.png`, fullPage: true });

      await page.goto(pathOf("/stories/executions", project.choosing));
      await buttonIsRefused("Make 1 clip and the film");
      await buttonIsRefused("Cancel");
      // A press shows what can't be chosen.
      const second = main.getByRole("button", { name: "Image 2 of The well" });
      await second.click();
      const large = page.getByRole("dialog");
      await large.getByText("image 2 of 2").waitFor();
      await isRefused(large.getByRole("button", { name: /^Choose/ }), inProject);
      await keyIsRefused(page, "Enter", inProject);
      await page.keyboard.press("Escape");
      await second.focus();
      await keyIsRefused(page, "2", inProject);
      const { execution } = await asAda(() =>
        ask<{ execution: object }>("query ($id: ID!) { execution(id: $id) { status scenes { chosenVariant } } }", {
          id: project.choosing,
        }),
      );
      expect(execution).toEqual({ status: "CHOOSING", scenes: [{ chosenVariant: 0 }, { chosenVariant: 0 }] });
      expect(await accessibilityIssues(page)).toEqual([]);
      // What others do is seen as it happens, and is no more to be changed.
      await asAda(() =>
        change("cancelExecution", "CancelExecutionInput", { id: project.choosing }, "execution { id }"),
      );
      await buttonIsRefused("Go on");
      await page.goto(pathOf("/stories/executions", project.failedFilm));
      await buttonIsRefused("Try again");
      await buttonIsRefused("Render another");
    });

    test("works are read: neither chapters nor what they are translated with change", async () => {
      const page = await open(pathOf("/works", project.work.id), bea);
      const main = page.getByRole("main");
      const buttonIsRefused = (name: string) => isRefused(main.getByRole("button", { name, exact: true }), inProject);
      for (const name of ["Import text", "Add chapter", "Edit prompt", "Revert to version 1"])
        await buttonIsRefused(name);
      await buttonIsRefused(`Delete ${project.work.title}`);
      await main.getByRole("status").getByText(inProject).waitFor();
      for (const label of ["Title", "Glossary", "Description", "Name"])
        expect(await main.getByLabel(label, { exact: true }).getAttribute("readonly")).not.toBeNull();
      expect(await main.getByRole("button", { name: /^Move / }).count()).toBe(0);
      await main.getByRole("link", { name: /Rain/ }).focus();
      await keyIsRefused(page, "Alt+ArrowDown", inProject);
      await page.screenshot({ path: `${screenshots}/roles-work.png`, fullPage: true });
      expect(await accessibilityIssues(page)).toEqual([]);

      await page.goto(pathOf("/works/chapters", project.work.chapterId));
      for (const name of ["Translate", "Edit text", "Delete chapter 1"]) await buttonIsRefused(name);
      await main.getByLabel("Translate into").focus();
      await keyIsRefused(page, "Enter", inProject);
      await main.getByRole("button", { name: "Title and summary" }).click();
      expect(await main.getByLabel("Summary", { exact: true }).getAttribute("readonly")).not.toBeNull();
      expect(await accessibilityIssues(page)).toEqual([]);
      const { work } = await asAda(() =>
        ask<{ work: object }>(
          `query ($id: ID!) { work(id: $id) {
             prompt { versions(first: 5) { totalCount } }
             chapters(first: 5) { nodes { number title translations(first: 5) { totalCount } } } } }`,
          { id: project.work.id },
        ),
      );
      expect(work).toMatchObject({
        prompt: { versions: { totalCount: 2 } },
        chapters: {
          nodes: [
            { number: 1, title: "Rain", translations: { totalCount: 1 } },
            { number: 2, translations: { totalCount: 0 } },
          ],
        },
      });
    });

    test("takes are compared: none is judged, kept, or rendered with other words", async () => {
      const [a = "", b = ""] = project.outputIds.map(encodeURIComponent);
      const page = await open(`/gallery/compare?a=${a}&b=${b}`, bea);
      const main = page.getByRole("main");
      const side = main.getByRole("list", { name: "Compared outputs" }).getByRole("listitem").last();
      await isRefused(side.getByRole("button", { name: "Approve" }), inProject);
      await isRefused(side.getByRole("button", { name: "Reject" }), inProject);
      await isRefused(side.getByRole("button", { name: "4 stars" }), inProject);
      expect(await accessibilityIssues(page)).toEqual([]);

      await page.goto(pathOf("/comparisons", project.comparisonId));
      await isRefused(main.getByRole("button", { name: /^Keep the winner/ }), inProject);
      await isRefused(main.getByRole("button", { name: "Compare again" }), inProject);
      expect(await accessibilityIssues(page)).toEqual([]);

      const { sceneType, character } = project;
      await page.goto(
        `/comparisons/new?scene=${encodeURIComponent(sceneType.id)}&character=${encodeURIComponent(character.id)}`,
      );
      await main.getByRole("status").getByText(inProject).waitFor();
      await isRefused(main.getByRole("button", { name: "Render 2 variants" }), inProject);
      await main.getByLabel("Name of variant B").focus();
      await keyIsRefused(page, "Enter", inProject);
      expect(await main.getByLabel("Positive Prompt 1").first().getAttribute("readonly")).not.toBeNull();
      expect(await accessibilityIssues(page)).toEqual([]);
    });

    test("a failed run is not tried again there; with changes it becomes a job of one's own", async () => {
      const page = await open(pathOf("/jobs", project.failed.id), bea);
      const main = page.getByRole("main");
      await isRefused(main.getByRole("button", { name: "Retry run 1" }), inProject);
      await main.getByText("Salt road").first().waitFor();
      await main.getByRole("link", { name: "Retry with changes", exact: true }).click();
      await page.getByRole("button", { name: /^Generate 1 run/ }).click();
      await page.getByText("Queued 1 run").waitFor();
      const { jobs } = await asBea(() =>
        ask<{ jobs: object }>(
          "query ($search: String) { jobs(first: 5, search: $search) { nodes { id counts { total } project { id } } } }",
          { search: project.failed.name },
        ),
      );
      expect(jobs).toEqual({
        nodes: [
          expect.objectContaining({ project: null }),
          { id: project.failed.id, counts: { total: 1 }, project: { id: project.story.projectId } },
        ],
      });
      // A picture of the project can't be taken along, which is said before anything is sent.
      await page.goto(pathOf("/stories/executions", project.failedFilm));
      await main.getByRole("link", { name: "Its job" }).first().click();
      await main.getByRole("link", { name: "Retry with changes", exact: true }).click();
      await page.getByText(/of a project in which you may look, not change/).waitFor();
    });

    test("of several jobs at once those change that may, and how many stay is said before", async () => {
      const pool = "nobody-works-there";
      const waiting = await asAda(() =>
        submitJob({
          workflowId: project.portrait.id,
          pool,
          projectId: project.story.projectId,
          name: "Batch of the salt road",
        }),
      );
      const own = await asBea(() =>
        submitJob({ workflowId: project.portrait.id, pool, name: "Batch of my own", tries: 2 }),
      );
      const page = await open("/?q=Batch+of", bea);
      const select = (name: string) => page.getByRole("checkbox", { name: `Select ${name}` });
      const bar = page.getByRole("toolbar", { name: "Selected jobs" });
      await select(waiting.name).check();
      for (const name of ["Retry", "Pause", "Priority…", "Cancel…"])
        await isRefused(bar.getByRole("button", { name }), inProject);
      await select(own.name).check();
      await bar.getByText("1 of the selected stays as it is: in its project you may look, not change.").waitFor();
      await page.screenshot({ path: `${screenshots}/roles-queue.png` });
      expect(await accessibilityIssues(page)).toEqual([]);
      await bar.getByRole("button", { name: "Cancel…" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Cancel 2 runs" }).click();
      await page.getByText("2 runs canceled").waitFor();
      await bar.getByRole("button", { name: "Retry 2 runs" }).click();
      await page.getByText("2 runs queued again").waitFor();
      expect(await bar.getByRole("alert").count()).toBe(0);
      await asAda(() => jobReaches(waiting.id, "PENDING"));
    });
  });
});
