import type { Locator, Page } from "playwright-core";
import { eventually } from "./api.ts";

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
  // A file that is held over a page tells of itself again and again.
  await eventually(async () => {
    await page.dispatchEvent("body", "dragenter", { dataTransfer });
    await page.getByText("Drop the workflow to import it").waitFor({ timeout: 2_000 });
  });
  await page.dispatchEvent("body", "drop", { dataTransfer });
}

/** Drops files on a field of the page: pictures of one colour each, or a text where one is given. */
export async function dropFilesOn(
  page: Page,
  target: Locator,
  files: readonly { name: string; text?: string }[],
): Promise<void> {
  const dataTransfer = await page.evaluateHandle(async (given) => {
    const transfer = new DataTransfer();
    for (const [index, { name, text }] of given.entries()) {
      const canvas = new OffscreenCanvas(96, 64);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      context.fillStyle = `hsl(${index * 70} 60% 50%)`;
      context.fillRect(0, 0, 96, 64);
      const content = text ?? (await canvas.convertToBlob({ type: "image/png" }));
      transfer.items.add(new File([content], name, { type: text === undefined ? "image/png" : "text/plain" }));
    }
    return transfer;
  }, files);
  for (const type of ["dragenter", "dragover", "drop"]) await target.dispatchEvent(type, { dataTransfer });
}

/** Pastes a file of this text, as after copying it on the desktop. */
export async function pasteFile(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([filename, content]) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([content], filename, { type: "text/plain" }));
      (document.activeElement ?? document.body).dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    [name, text] as const,
  );
}
