import type { Page } from "playwright-core";

/** Of everybody. */
export const password = "lantern market 9";

export const signIn = async (page: Page, email: string, word = password) => {
  // The door that a page leads to is another document, which takes keys once React has taken it over.
  await page.waitForFunction(() => {
    const field = document.querySelector("input[type=email]");
    return field !== null && Object.keys(field).some((key) => key.startsWith("__reactFiber"));
  });
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(word);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
};

/** Asks the API as the person of a window. */
export const askAs = async <Data>(page: Page, query: string, variables: object = {}): Promise<Data> => {
  const answer = await page.evaluate(async (body) => {
    const headers = { "content-type": "application/json" };
    return (await fetch("/graphql", { method: "POST", headers, body })).json();
  }, JSON.stringify({ query, variables }));
  return (answer as { data: Data }).data;
};

/** Of the person of a window, for what is asked of the API from outside of it. */
export const keyOf = async (page: Page, scope: "WRITE" | "ADMIN"): Promise<string> => {
  const { createApiKey } = await askAs<{ createApiKey: { secret: string } }>(
    page,
    `mutation ($scope: ApiKeyScope!) {
      createApiKey(input: { name: "Outside", scope: $scope }) { ... on CreateApiKeyPayload { secret } }
    }`,
    { scope },
  );
  return createApiKey.secret;
};

/** Comes in by the link of an invitation that a window has open. */
export const join = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Join" }).click();
  await account(page).waitFor();
};

/** The first administrator, by the link that the studio's console gives out. */
export const setUp = async (page: Page, email: string, name: string): Promise<void> => {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create the account" }).click();
  await account(page).waitFor();
};

export const account = (page: Page) => page.getByRole("button", { name: /^Account of/ });

/** Makes an invitation in an administrator's window. @returns its link */
export const invite = async (admin: Page, email: string, role: string, project?: string): Promise<string> => {
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
