import { describeInBrowser, useBrowser } from "./support/browser.ts";

describeInBrowser("the API explorer", () => {
  const tabs = useBrowser();

  test("runs a query with the viewer's session, and shows the schema's documentation", async () => {
    const page = await tabs.open("/settings");
    await page.getByRole("link", { name: /^API explorer/ }).click();
    await page.locator(".graphiql-query-editor .view-line").filter({ hasText: "Attention" }).waitFor();
    await page.getByRole("button", { name: /^Execute query/ }).click();
    await page.locator(".graphiql-response .view-line").filter({ hasText: "systemStatus" }).first().waitFor();
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page
      .getByText("What can be watched live, over WebSocket")
      .or(page.getByText("subscription:"))
      .first()
      .waitFor();
  });

  test("opens an example of the cookbook in a tab and follows a subscription", async () => {
    const page = await tabs.open("/api-explorer");
    await page.locator(".graphiql-query-editor .view-line").first().waitFor();
    await page.getByRole("button", { name: "Show Examples" }).click();
    await page.getByRole("region", { name: "Examples" }).getByRole("button", { name: "Machines", exact: true }).click();
    await page.locator(".graphiql-query-editor .view-line").filter({ hasText: "systemUpdated" }).waitFor();
    await page.getByRole("button", { name: /^Execute query/ }).click();
    await page.locator(".graphiql-response .view-line").filter({ hasText: "systemUpdated" }).first().waitFor();
    await page.getByRole("button", { name: /^Stop query/ }).click();
    // What was written is there again after a reload.
    await page.reload();
    await page.locator(".graphiql-query-editor .view-line").filter({ hasText: "systemUpdated" }).waitFor();
  });

  test("no other page loads the editor", async () => {
    const page = await tabs.open(undefined);
    const loaded: string[] = [];
    page.on("response", (response) => {
      if (response.url().includes("/_next/static/")) loaded.push(response.url());
    });
    await page.goto("/settings");
    await page.getByText("Staged inputs", { exact: true }).waitFor();
    const before = loaded.length;
    await page.goto("/api-explorer");
    await page.locator(".graphiql-query-editor .view-line").first().waitFor();
    expect(loaded.length - before).toBeGreaterThan(0);
    const sizes = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map((entry) => [entry.name, (entry as PerformanceResourceTiming).decodedBodySize] as const),
    );
    const large = sizes.filter(([, size]) => size > 900_000).map(([name]) => name);
    expect(large.length).toBeGreaterThan(0);
    expect(loaded.slice(0, before).filter((url) => large.includes(url))).toEqual([]);
  });
});
