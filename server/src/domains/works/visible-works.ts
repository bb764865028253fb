import { ofProjectOrStudio, type Viewer } from "#domains/accounts/viewer.ts";

/** Nothing, for whoever is not signed in. */
const nothing = { id: "00000000-0000-0000-0000-000000000000" };

/** Prisma filter for works that somebody may see: studio-wide ones, and those of the viewer's projects. */
export function visibleWorks(viewer: Viewer | null) {
  return viewer ? ofProjectOrStudio(viewer) : nothing;
}

/** Prisma filter for what a work has: chapters and its prompt. */
export function visibleOfWork(viewer: Viewer | null) {
  return viewer ? { work: ofProjectOrStudio(viewer) } : nothing;
}

/** Prisma filter for versions of prompts. */
export function visibleOfPrompt(viewer: Viewer | null) {
  return viewer ? { prompt: { work: ofProjectOrStudio(viewer) } } : nothing;
}

/** Prisma filter for translations. */
export function visibleOfChapter(viewer: Viewer | null) {
  return viewer ? { chapter: { work: ofProjectOrStudio(viewer) } } : nothing;
}
