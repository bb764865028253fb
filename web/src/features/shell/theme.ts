export type Theme = "system" | "light" | "dark";

const key = "callsheet-theme";

/** Sent on window after every change, whoever made it. */
export const themeChanged = "callsheet:theme";

/** Runs before the first paint, so that the page never shows the other theme first. */
export const themeScript = `(function(){try{var t=localStorage.getItem("${key}")}catch(e){}
if(t!=="light"&&t!=="dark")t=matchMedia("(prefers-color-scheme: light)").matches?"light":"dark";
document.documentElement.dataset.theme=t})()`;

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

export function applyTheme(theme: Theme): void {
  const prefersLight = window.matchMedia("(prefers-color-scheme: light)").matches;
  document.documentElement.dataset["theme"] = theme === "system" ? (prefersLight ? "light" : "dark") : theme;
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Without storage the choice lasts until the tab closes.
  }
  window.dispatchEvent(new Event(themeChanged));
}
