import type { Page } from "playwright-core";

/** Drops a file on the page, the way a person drags one in from the desktop. */
export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([filename, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], filename, { type: filename.endsWith(".json") ? "application/json" : "" }));
      return transfer;
    },
    [name, text] as const,
  );
  await page.dispatchEvent("body", "dragenter", { dataTransfer });
  await page.getByText("Drop the workflow to import it").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer });
}
