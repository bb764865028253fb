import type { Page } from "playwright-core";
import { accessibilityIssues } from "./support/axe.ts";
import { describeInBrowser, useBrowser } from "./support/browser.ts";
import { type PasswordStudio, startPasswordStudio } from "./support/password-studio.ts";

/** Generous, for two busy cores: the product starts anew. */
const startTimeoutMs = 240_000;
const password = "lantern market 9";

describeInBrowser("people who sign in", () => {
  const tabs = useBrowser();
  let studio: PasswordStudio;
  beforeAll(async () => {
    studio = await startPasswordStudio();
  }, startTimeoutMs);
  afterAll(async () => {
    await studio?.[Symbol.asyncDispose]();
  }, startTimeoutMs);

  const open = (path: string): Promise<Page> => {
    // What is asked before anybody signed in, and the browser's own words about it.
    tabs.allow(/status of 40[01]/);
    return tabs.open(path, { baseURL: studio.web });
  };
  const signIn = async (page: Page, email: string, word = password) => {
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill(word);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  };
  const account = (page: Page) => page.getByRole("button", { name: /^Account of/ });

  /** Makes an invitation in an administrator's window. @returns its link */
  const invite = async (admin: Page, email: string, role: string, project?: string): Promise<string> => {
    await admin.getByRole("link", { name: "Settings" }).first().click();
    await admin.getByRole("region", { name: "People", exact: true }).getByRole("button", { name: "Invite" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("E-mail address").fill(email);
    await dialog.getByLabel("Role", { exact: true }).selectOption({ label: role });
    if (project) {
      await dialog.getByRole("button", { name: "Add project" }).click();
      await dialog.getByRole("combobox", { name: "Project 1", exact: true }).click();
      await admin.getByRole("option", { name: project }).click();
    }
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const link = await dialog.locator("code").innerText();
    await dialog.getByRole("button", { name: "Done" }).click();
    return link;
  };
  const join = async (link: string, name: string): Promise<Page> => {
    const page = await open(link);
    await page.getByLabel("Your name").fill(name);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Join" }).click();
    await account(page).waitFor();
    return page;
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
    await admin.getByRole("button", { name: "Account of Ada, administrator" }).waitFor();

    await admin.getByRole("link", { name: "Stories" }).first().click();
    for (const name of ["Night ferry", "Glass orchard"]) {
      await admin.getByRole("button", { name: "New project" }).first().click();
      await admin.getByRole("dialog").getByLabel("Name").fill(name);
      await admin.getByRole("dialog").getByRole("button", { name: "Create project" }).click();
      await admin.getByRole("heading", { name }).waitFor();
    }
    const link = await invite(admin, "bea@studio.example", "Creator", "Night ferry");
    await admin.getByRole("list", { name: "Invitations" }).getByText("Pending").waitFor();

    const creator = await join(link, "Bea");
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
    await dialog.getByRole("button", { name: "Add member" }).click();
    await dialog.getByRole("list", { name: "Members" }).getByText("Bea", { exact: true }).waitFor();
    await creator.getByRole("heading", { name: "Glass orchard" }).waitFor();
    await dialog.getByRole("button", { name: "Remove Bea" }).click();
    await admin.getByRole("button", { name: "Remove member" }).click();
    await creator.getByRole("heading", { name: "Glass orchard" }).waitFor({ state: "hidden" });
  });

  test("a viewer looks, and is told why there is nothing to submit", async () => {
    const admin = await open("/");
    await signIn(admin, "ada@studio.example");
    await account(admin).waitFor();
    const viewer = await join(await invite(admin, "cleo@studio.example", "Viewer"), "Cleo");
    await viewer.getByRole("link", { name: "Stories" }).first().click();
    expect(await viewer.getByRole("button", { name: "New project" }).first().isDisabled()).toBe(true);
    await viewer.getByRole("link", { name: "Generate" }).first().click();
    await viewer.getByRole("main").getByText("One picture from a description.").click();
    const submit = viewer.getByRole("button", { name: /Your role lets you look, not change/ });
    await submit.waitFor();
    expect(await submit.isDisabled()).toBe(true);
    await viewer.getByRole("link", { name: "Settings" }).first().click();
    await viewer.getByRole("region", { name: "API keys", exact: true }).waitFor();
    expect(await viewer.getByRole("region", { name: "People", exact: true }).count()).toBe(0);
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
