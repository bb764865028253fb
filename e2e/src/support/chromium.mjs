import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

// The shell has no window of its own to draw, which spares a quarter of the suite's time.
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The browser that the suite drives: CHROMIUM_PATH, or the first one on PATH. Playwright's own download is not used.
 * @returns {string | undefined}
 */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return given;
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}
