import { isReservedName } from "#domains/stories/logic/reserved-names.ts";

/** Two of them and two numbers stay within what every file system takes as a name. */
const maxLength = 80;

/** A text in the letters of paths: `[a-z0-9-]+`, never empty; `fallback` where it has none of them. */
export function slugOf(text: string, fallback: string): string {
  const slug = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, "");
  return slug === "" ? fallback : slug;
}

/** Of a scene, in the names of its files. */
export function sceneSlug(title: string): string {
  return slugOf(title, "scene");
}

/** The folder of a story: the project's name, and the branch's unless that is the main one. */
export function storySlug(project: string, branch: string | null): string {
  const slug = [slugOf(project, "project"), ...(branch === null ? [] : [slugOf(branch, "branch")])].join("-");
  return isReservedName(slug) ? `story-${slug}` : slug;
}
