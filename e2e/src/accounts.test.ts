import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Page } from "playwright-core";
import { eventually } from "./support/api.ts";
import { accessibilityIssues } from "./support/axe.ts";
import { choose } from "./support/choose.ts";
import { cuttableSocket } from "./support/cuttable-socket.ts";
import { describeInBrowser, screenshots, useBrowser } from "./support/browser.ts";
import { account, askAs, invite, join, password, signIn } from "./support/people.ts";
import { type PasswordStudio, startPasswordStudio } from "./support/password-studio.ts";
import { isRefused, reasonOf } from "./support/refusals.ts";

/** Generous, for two busy cores: the product starts anew. */
const startTimeoutMs = 240_000;
const asCreator = "Your role lets you look, not change";
const inProject = "In this project you may look, not change";

describeInBrowser("people who sign in", () => {
  const tabs = useBrowser();
  let studio: PasswordStudio;
  beforeAll(async () => {
    studio = await startPasswordStudio();
  }, startTimeoutMs);
  afterAll(async () => {
    await studio?.[Symbol.asyncDispose]();
  }, startTimeoutMs);

  const open = (path?: string): Promise<Page> => {
    // What is asked before anybody signed in, and the browser's own words about it.
    tabs.allow(/status of 40[01]/);
    return tabs.open(path, { baseURL: studio.web });
  };

  test("the first administrator sets the studio up, and invites a creator into one project of two", async () => {
    const admin = await open("/gallery");
    await admin.waitForURL(/\/sign-in\?to=%2Fgallery$/);
    await admin.getByText("Nobody can sign in yet").waitFor();
    expect(await accessibilityIssues(admin)).toEqual([]);

    await admin.goto(studio.firstLink);
    await admin.getByLabel("E-mail address").fill("ada@studio.example");
    await admin.getByLabel("Your name").fill("Ada");
    await admin.getByLabel("Password").fill("short");
    await admin.getByRole("button", { name: "Create the account" }).click();
    await admin.getByText("a password has at least 10 characters").waitFor();
    expect(await accessibilityIssues(admin)).toEqual([]);
    await admin.getByLabel("Password").fill(password);
    await admin.getByRole("button", { name: "Create the account" }).click();
    await admin.getByRole("button", { name: "Account of Ada Administrator" }).waitFor();

    await admin.getByRole("link", { name: "Stories" }).first().click();
    for (const name of ["Night ferry", "Glass orchard"]) {
      await admin.getByRole("button", { name: "New project" }).first().click();
      await admin.getByRole("dialog").getByLabel("Name").fill(name);
      await admin.getByRole("dialog").getByRole("button", { name: "Create project" }).click();
      await admin.getByRole("heading", { name }).waitFor();
    }
    const link = await invite(admin, "bea@studio.example", "Creator", "Night ferry");
    await admin.getByRole("list", { name: "Invitations" }).getByText("Pending").waitFor();

    const creator = await open(link);
    await join(creator, "Bea");
    await creator.getByRole("link", { name: "Stories" }).first().click();
    await creator.getByRole("heading", { name: "Night ferry" }).waitFor();
    expect(await creator.getByRole("heading", { name: "Glass orchard" }).count()).toBe(0);
    await creator.getByRole("button", { name: "Members of Night ferry" }).click();
    await creator.getByRole("list", { name: "Members" }).getByText("Bea", { exact: true }).waitFor();
    await creator.getByText("Administrators of the project add and remove members.").waitFor();
    expect(await accessibilityIssues(creator)).toEqual([]);

    tabs.allow(/404.*\/auth\/links\/look/);
    const again = await open(link);
    await again.getByRole("heading", { name: "This link no longer works" }).waitFor();
  });

  test("an administrator adds a member by the address, who sees the project at once", async () => {
    const [admin, creator] = [await open("/stories"), await open("/stories")];
    await signIn(admin, "ada@studio.example");
    await signIn(creator, "bea@studio.example");
    await creator.getByRole("heading", { name: "Night ferry" }).waitFor();
    await admin.getByRole("button", { name: "Members of Glass orchard" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("E-mail address").fill("bea@studio.example");
    await dialog.getByLabel("Role in the project").selectOption({ label: "Viewer" });
    await dialog.getByRole("button", { name: "Add member" }).click();
    await dialog.getByRole("list", { name: "Members" }).getByText("Bea", { exact: true }).waitFor();
    await creator.getByRole("heading", { name: "Glass orchard" }).waitFor();
    // A creator of the studio who only looks in this project.
    await creator.getByRole("link", { name: "Glass orchard" }).click();
    const add = creator.getByRole("button", { name: "Add scene" }).first();
    await add.and(creator.locator("[aria-disabled=true]")).waitFor();
    expect(await reasonOf(add)).toBe(inProject);
    await creator.getByRole("link", { name: "Stories" }).first().click();
    await dialog.getByRole("button", { name: "Remove Bea" }).click();
    await admin.getByRole("button", { name: "Remove member" }).click();
    await creator.getByRole("heading", { name: "Glass orchard" }).waitFor({ state: "hidden" });
  });

  test("a viewer looks, and every control that would change something says why it does not", async () => {
    const admin = await open("/");
    await signIn(admin, "ada@studio.example");
    await account(admin).waitFor();
    const viewer = await open(await invite(admin, "cleo@studio.example", "Viewer", "Night ferry"));
    await join(viewer, "Cleo");
    await admin.getByRole("link", { name: "Characters" }).first().click();
    await admin.getByRole("button", { name: "New character" }).first().click();
    await admin.getByRole("dialog").getByLabel("Name").fill("Mara");
    await choose(admin.getByRole("dialog").getByLabel("Project"), "Night ferry");
    await admin.getByRole("dialog").getByRole("button", { name: "Create character" }).click();
    await admin.getByRole("button", { name: "Add a key" }).click();
    await admin.getByLabel("Key", { exact: true }).fill("coat");
    await admin.getByLabel("Value of coat").fill("oilskin");
    await admin.getByRole("button", { name: "Save metadata" }).click();
    await admin.getByText("Unsaved").waitFor({ state: "hidden" });
    const buttonIsRefused = (name: string) =>
      isRefused(viewer.getByRole("main").getByRole("button", { name }).first(), asCreator);
    const go = (name: string) => viewer.getByRole("link", { name }).first().click();

    await viewer.getByRole("button", { name: "Pause queue" }).waitFor();
    expect(await accessibilityIssues(viewer)).toEqual([]);
    await buttonIsRefused("Pause queue");
    await buttonIsRefused("Clear…");
    await go("Stories");
    await buttonIsRefused("New project");
    await viewer.getByRole("link", { name: "main", exact: true }).first().click();
    await buttonIsRefused("Add scene");
    await go("Workflows");
    await buttonIsRefused("Import");
    await go("Scene types");
    await buttonIsRefused("New scene type");
    await go("Characters");
    await buttonIsRefused("New character");
    await viewer.getByRole("link", { name: /Mara/ }).first().click();
    expect(await viewer.getByLabel("Value of coat").getAttribute("readonly")).not.toBeNull();
    await viewer.getByRole("main").locator("form").getByRole("status").getByText(asCreator).waitFor();
    await buttonIsRefused("Add a key");
    await buttonIsRefused("Save metadata");
    await go("Machines");
    await buttonIsRefused("Add machine");
    await viewer
      .getByRole("button", { name: /^Actions for/ })
      .first()
      .click();
    const menu = viewer.getByRole("menu");
    expect(await menu.getByRole("menuitem", { disabled: false }).count()).toBe(0);
    await menu.getByText(asCreator).waitFor();
    expect(await menu.getByRole("menuitem", { name: "Remove…" }).getAttribute("aria-describedby")).not.toBeNull();
    await viewer.keyboard.press("Escape");

    await go("Generate");
    await viewer.getByRole("main").getByText("One picture from a description.").click();
    const submit = viewer.getByRole("button", { name: /Your role lets you look, not change/ });
    await submit.waitFor();
    expect(await submit.isDisabled()).toBe(true);
    await go("Settings");
    await viewer.getByRole("region", { name: "API keys", exact: true }).waitFor();
    for (const name of ["People", "Webhooks", "Retention"])
      expect(await viewer.getByRole("region", { name, exact: true }).count()).toBe(0);
  });

  test("a creator writes, and is told what only administrators do", async () => {
    const creator = await open("/machines");
    await signIn(creator, "bea@studio.example");
    const add = creator.getByRole("button", { name: "Add machine" }).first();
    await add.and(creator.locator("[aria-disabled=true]")).waitFor();
    // The keyboard reaches it, and reads the reason there.
    await add.focus();
    expect(await add.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await reasonOf(add)).toBe("For administrators only");
    await creator.getByRole("link", { name: "Scene types" }).first().click();
    await creator.getByRole("button", { name: "New scene type" }).first().click();
    await creator.getByRole("dialog").waitFor();
  });

  test("a page that is told meanwhile that its session is over goes on when the new password has brought another", async () => {
    const page = await open();
    const socket = await cuttableSocket(page);
    await page.goto(`${studio.web}/settings`);
    await signIn(page, "bea@studio.example");
    const over = page.getByRole("dialog", { name: "Your session is over" });
    await page.route("**/auth/change-password", async (route) => {
      const ended = { errors: [{ message: "Sign in first.", extensions: { code: "UNAUTHENTICATED" } }] };
      await page.route("**/graphql", (asked) => asked.fulfill({ json: ended }));
      const looked = page.waitForResponse("**/auth/get-session");
      await page.route("**/auth/get-session", (asked) => asked.fulfill({ json: null }));
      // Once its live connection is back, a page asks for all that it shows.
      socket.cut();
      socket.mend();
      await over.waitFor();
      await eventually(async () => expect(socket.open()).toBe(1));
      socket.cut(4401);
      socket.mend();
      await looked;
      await page.unroute("**/graphql");
      await page.unroute("**/auth/get-session");
      await route.continue();
    });
    await page.getByRole("button", { name: "Change password…" }).click();
    await page.getByLabel("Present password").fill(password);
    await page.getByLabel("New password").fill(password);
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("Password changed").first().waitFor();
    await over.waitFor({ state: "hidden" });
    await eventually(async () => expect(socket.open()).toBe(1));
    await page.getByRole("link", { name: "Stories" }).first().click();
    await page.getByRole("heading", { name: "Night ferry" }).waitFor();
  });

  test("a person changes the own password, stays in here, and is out everywhere else", async () => {
    const next = "glass orchard 12";
    const [here, there] = [await open("/settings"), await open("/")];
    await signIn(here, "bea@studio.example");
    await signIn(there, "bea@studio.example");
    await account(there).waitFor();
    await account(here).click();
    await here.getByRole("menuitem", { name: "My password" }).click();
    const panel = here.getByRole("region", { name: "My account", exact: true });
    await panel.getByRole("button", { name: "Change password…" }).click();
    const dialog = here.getByRole("dialog");
    const change = async (current: string, wanted: string) => {
      await dialog.getByLabel("Present password").fill(current);
      await dialog.getByLabel("New password").fill(wanted);
      await dialog.getByRole("button", { name: "Change password" }).click();
    };
    await change(password, "short");
    await dialog.getByText("a password has at least 10 characters").waitFor();
    await change("wrong, and long enough", next);
    await dialog.getByText("This is not your present password.").waitFor();
    expect(await accessibilityIssues(here)).toEqual([]);
    expect(await dialog.getByRole("checkbox", { name: "Sign out everywhere else" }).isChecked()).toBe(true);
    await change(password, next);
    await dialog.waitFor({ state: "hidden" });
    await there.getByRole("dialog", { name: "Your session is over" }).waitFor();
    // This window has a session of its own, and hears live what happens.
    await here.getByRole("link", { name: "Stories" }).first().click();
    await here.getByRole("heading", { name: "Night ferry" }).waitFor();
    expect(await here.getByRole("dialog").count()).toBe(0);
    await there.getByLabel("Password").fill(next);
    await there.getByRole("button", { name: "Sign in" }).click();
    await account(there).waitFor();
    // As it was, for the tests that follow.
    await here.getByRole("link", { name: "Settings" }).first().click();
    await panel.getByRole("button", { name: "Change password…" }).click();
    await dialog.getByRole("checkbox", { name: "Sign out everywhere else" }).click();
    await change(next, password);
    await dialog.waitFor({ state: "hidden" });
    await there.getByRole("link", { name: "Stories" }).first().click();
    await there.getByRole("heading", { name: "Night ferry" }).waitFor();
    expect(await there.getByRole("dialog").count()).toBe(0);
  });

  test("where an attempt came from is what the web server has seen, whatever the request says of itself", async () => {
    // Another address of this machine: the one that is trusted is the web server's own.
    const attempt = request(`${studio.web.replace("localhost", "127.0.0.1")}/auth/sign-in/email`, {
      method: "POST",
      localAddress: "127.0.0.2",
      headers: { "content-type": "application/json", origin: studio.web, "x-forwarded-for": "203.0.113.7" },
    });
    attempt.end(JSON.stringify({ email: "forged@studio.example", password: "wrong, and long enough" }));
    const [{ statusCode }] = (await once(attempt, "response")) as [IncomingMessage];
    expect(statusCode).toBe(401);
    const admin = await open("/");
    await signIn(admin, "ada@studio.example");
    await account(admin).waitFor();
    const { signInEvents } = await askAs<{ signInEvents: { nodes: object[] } }>(
      admin,
      "{ signInEvents(first: 5, failedOnly: true) { nodes { email address } } }",
    );
    expect(signInEvents.nodes).toContainEqual({ email: "forged@studio.example", address: "127.0.0.2" });
  });

  test("a key is shown once, lets a program in, and does no longer when it is revoked", async () => {
    const page = await open("/settings");
    await signIn(page, "bea@studio.example");
    const keys = page.getByRole("region", { name: "API keys", exact: true });
    await keys.getByRole("button", { name: "New key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Pipeline");
    await dialog.getByRole("button", { name: "Make the key" }).click();
    const key = await dialog.locator("code").innerText();
    expect(await accessibilityIssues(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Done" }).click();
    const whoAsks = async () => {
      const response = await fetch(`${studio.web}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
        body: JSON.stringify({ query: "{ viewer { name role } }" }),
      });
      return ((await response.json()) as { data: unknown }).data;
    };
    expect(await whoAsks()).toEqual({ viewer: { name: "Bea", role: "CREATOR" } });
    await keys.getByRole("button", { name: "Revoke Pipeline" }).click();
    await page.getByRole("button", { name: "Revoke key" }).click();
    await keys.getByText("You have none.").waitFor();
    expect(await whoAsks()).not.toEqual({ viewer: { name: "Bea", role: "CREATOR" } });
  });

  test("whose session ends goes on where the person was, with what was typed", async () => {
    const page = await open("/settings");
    await signIn(page, "bea@studio.example", "wrong, and long enough");
    await page.getByText("The e-mail address or the password is wrong.").waitFor();
    await signIn(page, "bea@studio.example");
    await page.getByRole("region", { name: "API keys", exact: true }).getByRole("button", { name: "New key" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Half typed");
    await page.context().clearCookies();
    const over = page.getByRole("dialog", { name: "Your session is over" });
    await over.waitFor();
    expect(await accessibilityIssues(page)).toEqual([]);
    await page.screenshot({ path: `${screenshots}/session-over.png` });
    await over.getByLabel("Password").fill(password);
    await over.getByRole("button", { name: "Sign in" }).click();
    await over.waitFor({ state: "hidden" });
    expect(await page.getByRole("dialog").getByLabel("Name").inputValue()).toBe("Half typed");
  });

  test("signing out leads to the door, and out of every window when that is wanted", async () => {
    const [here, there] = [await open("/machines"), await open("/")];
    await signIn(here, "ada@studio.example");
    await here.waitForURL(/\/machines$/);
    await signIn(there, "ada@studio.example");
    await account(there).waitFor();
    await account(here).click();
    await here.getByRole("menuitem", { name: "Sign out everywhere" }).click();
    await here.getByRole("heading", { name: "Sign in" }).waitFor();
    await there.getByRole("dialog", { name: "Your session is over" }).waitFor();
  });
});
