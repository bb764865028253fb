import type { Page } from "playwright-core";
import type { FurnishedStudio } from "./furnished-studio.ts";

export interface Shown {
  name: string;
  path: string;
  /** There when the page has what it shows. */
  ready: (page: Page) => Promise<void>;
}

export const AREAS = ["queue", "prompts", "results", "stories", "films", "works"] as const;

const id = encodeURIComponent;
const text = (content: string | RegExp) => (page: Page) =>
  page.getByRole("main").getByText(content).filter({ visible: true }).first().waitFor();
const image = (page: Page) => page.locator("main img").filter({ visible: true }).first().waitFor();

/** Each page of the web client, with something to show. */
export function everyPage(at: FurnishedStudio): Record<(typeof AREAS)[number], Shown[]> {
  return {
    queue: [
      { name: "queue", path: `/?q=${id(at.shoot)}`, ready: text(at.failedJob.name) },
      { name: "job", path: `/jobs/${id(at.doneJobId)}`, ready: image },
      { name: "job-failed", path: `/jobs/${id(at.failedJob.id)}`, ready: text(/CUDA out of memory/) },
      { name: "generate-empty", path: "/generate", ready: text("Its prompts and settings become the form here.") },
      { name: "generate", path: `/generate?workflow=${id(at.workflow.id)}`, ready: text("Positive Prompt 1") },
      { name: "machines", path: "/machines", ready: text("Simulator 1") },
      { name: "settings", path: "/settings", ready: text("Staged inputs") },
      {
        name: "api-explorer",
        path: "/api-explorer",
        ready: (page) => page.locator(".graphiql-query-editor .view-line").first().waitFor(),
      },
      { name: "not-found", path: "/nowhere", ready: text("There is no such page") },
    ],
    prompts: [
      { name: "workflows", path: "/workflows", ready: text(at.workflow.name) },
      { name: "workflow", path: `/workflows/${id(at.workflow.id)}`, ready: text("Positive Prompt 1") },
      { name: "scene-types", path: "/scene-types", ready: text(/Walk through the market/) },
      { name: "scene-type", path: `/scene-types/${id(at.sceneType.id)}`, ready: text("Becomes") },
      { name: "characters", path: "/characters", ready: text(/Ines/) },
      {
        name: "character",
        path: `/characters/${id(at.character.id)}?scene=${id(at.sceneType.id)}`,
        ready: text(/has no value/),
      },
      { name: "fragments", path: "/fragments", ready: text(at.fragment) },
      { name: "libraries", path: "/libraries", ready: text(at.library.name) },
      { name: "library", path: `/libraries/${id(at.library.id)}`, ready: text("Delimiter") },
    ],
    results: [
      { name: "comparisons", path: "/comparisons", ready: text(/^Ines .* in Walk through the market/) },
      { name: "comparison", path: `/comparisons/${id(at.comparisonId)}`, ready: image },
      {
        name: "new-comparison",
        path: `/comparisons/new?scene=${id(at.sceneType.id)}&character=${id(at.character.id)}`,
        ready: text("Name of variant B"),
      },
      { name: "gallery", path: "/gallery", ready: image },
      { name: "takes", path: "/gallery?view=takes", ready: image },
    ],
    stories: [
      { name: "stories", path: "/stories", ready: text(at.board.name) },
      { name: "story-scenes", path: `/stories/branches/${id(at.board.branchId)}`, ready: text("Closing time") },
      {
        name: "story-assets",
        path: `/stories/branches/${id(at.board.branchId)}?view=assets`,
        ready: text("Brass lantern"),
      },
      {
        name: "story-find",
        path: `/stories/branches/${id(at.board.branchId)}?view=find&tags=drenched`,
        ready: text("2 states"),
      },
      { name: "story-scene", path: `/stories/scenes/${id(at.board.scenes[1] ?? "")}`, ready: text("Visual elements") },
      {
        name: "story-script",
        path: `/stories/scenes/${id(at.board.scenes[0] ?? "")}?view=script`,
        ready: text("How it ends"),
      },
      { name: "story-empty-scene", path: `/stories/scenes/${id(at.board.scenes[2] ?? "")}`, ready: text(/^No assets/) },
      {
        name: "scene-prompts",
        path: `/stories/scenes/${id(at.sceneId)}/prompts`,
        ready: text("a lantern changes hands, 35mm, grain"),
      },
      {
        name: "branch-prompts",
        path: `/stories/branches/${id(at.story.branchId)}/prompts`,
        ready: text("the market at night, 35mm, grain"),
      },
    ],
    films: [
      {
        name: "visual-styles",
        path: `/stories/styles?project=${id(at.story.projectId)}&style=${id(at.styleId)}`,
        ready: text("cut paper, one warm lantern"),
      },
      { name: "film", path: `/stories/executions/${id(at.filmId)}`, ready: image },
      { name: "films", path: `/stories/branches/${id(at.filmed.branchId)}/executions`, ready: image },
      {
        name: "film-start",
        path: `/stories/branches/${id(at.filmed.branchId)}/executions/new`,
        ready: text("Nothing stops it; look at this first"),
      },
      { name: "asset-library", path: "/asset-library", ready: text(at.libraryAsset) },
    ],
    works: [
      { name: "works", path: "/works", ready: text(at.work.title) },
      { name: "work", path: `/works/${id(at.work.id)}`, ready: text("Prompt version 1") },
      { name: "chapter", path: `/works/chapters/${id(at.work.chapterId)}`, ready: text("Succeeded") },
      { name: "empty-chapter", path: `/works/chapters/${id(at.work.emptyChapterId)}`, ready: text(/^No text yet/) },
    ],
  };
}
