/** Keys, as they are written on them, and what they do. */
type Shortcut = readonly [keys: readonly string[], meaning: string];

export interface ShortcutGroup {
  title: string;
  /** Pages on which they count, by the beginning of their path; all of them without. */
  paths?: readonly string[];
  shortcuts: readonly Shortcut[];
}

/** Every key of the product, page by page. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: "Everywhere",
    shortcuts: [
      [["Ctrl", "K"], "Commands: go anywhere, find anything"],
      [["?"], "This list"],
      [["Esc"], "Close what is open"],
      [["←", "→"], "Previous and next picture in the large view"],
    ],
  },
  {
    title: "Queue",
    paths: ["/jobs"],
    shortcuts: [
      [["Space"], "Select the job in focus"],
      [["Shift", "Space"], "Select all jobs up to the one in focus"],
    ],
  },
  {
    title: "Generate",
    paths: ["/generate"],
    shortcuts: [
      [["Ctrl", "↵"], "Submit the form"],
      [["F2"], "Rename the workspace in focus"],
      [["Del"], "Close the workspace in focus"],
      [["Ctrl", "↑ ↓"], "More or less weight for what is selected in a prompt"],
    ],
  },
  {
    title: "Gallery",
    paths: ["/gallery", "/comparisons"],
    shortcuts: [
      [["A", "R", "U"], "Approve or reject the take in focus or in sight, take the verdict back"],
      [["1", "–", "5"], "Give it stars; the same number takes them away"],
      [["↑ ↓"], "Previous and next take"],
      [["X"], "Mark an output to be compared, select a take"],
      [["I", "C"], "Large view: what made this; compare with the marked one"],
      [["Z"], "Fit the picture, or show it at 100 %"],
      [["Space", ",", "."], "Play a clip, one frame back or on (L loop, M mute)"],
    ],
  },
  {
    title: "Stories",
    paths: ["/stories"],
    shortcuts: [
      [["Alt", "↑ ↓"], "Move the scene or the shot in focus"],
      [["Esc"], "Take back what was written in a field that is not saved yet"],
      [["↵", ","], "Add the tag that was written"],
    ],
  },
  {
    title: "Scene types and characters",
    paths: ["/scene-types", "/characters"],
    shortcuts: [
      [["Ctrl", "↑ ↓"], "More or less weight for what is selected in a prompt"],
      [["Alt", "↑ ↓"], "Move the fragment in focus"],
    ],
  },
  { title: "Libraries", paths: ["/libraries"], shortcuts: [[["Alt", "↑ ↓"], "Move the attached library in focus"]] },
  {
    title: "API explorer",
    paths: ["/api-explorer"],
    shortcuts: [
      [["Ctrl", "↵"], "Run the operation"],
      [["Ctrl", "Space"], "Complete what is being written"],
    ],
  },
];

const countsOn = (group: ShortcutGroup, pathname: string): boolean =>
  group.paths?.some((path) => pathname === path || pathname.startsWith(`${path}/`)) ||
  (group.title === "Queue" && pathname === "/");

/** The groups with those of this page first, then those that count everywhere. */
export function groupsFor(pathname: string): { here: ShortcutGroup[]; others: ShortcutGroup[] } {
  const here = shortcutGroups.filter((group) => countsOn(group, pathname));
  const everywhere = shortcutGroups.filter((group) => !group.paths);
  return {
    here: [...here, ...everywhere],
    others: shortcutGroups.filter((group) => group.paths && !here.includes(group)),
  };
}
