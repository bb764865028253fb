import {
  change,
  compareVariants,
  createCharacter,
  createFragment,
  createLibrary,
  createSceneType,
  generateTake,
  importWorkflow,
  jobReaches,
  setSceneDefault,
  submitJob,
  unique,
} from "./api.ts";
import { filmableStory, filmReaches, startFilm } from "./films.ts";
import { failing, textToImage } from "./graphs.ts";
import { editSceneAsset, inheritAssets, lanternStory } from "./scene-assets.ts";
import { importPrompts, tellStory } from "./stories.ts";
import { translatedWork } from "./works.ts";

export type FurnishedStudio = Awaited<ReturnType<typeof furnishStudio>>;

const prompts = [
  "a lantern seller at a night market, rain on the cobbles",
  "a lighthouse keeper on the stairs, storm outside",
];

/** Something of every kind, so that no page is empty. */
export async function furnishStudio() {
  const [first = "", second = ""] = prompts;
  const workflow = await importWorkflow(unique("Night market"), textToImage({ positive: first, steps: 4 }));
  const other = await importWorkflow(unique("Storm"), textToImage({ positive: second, steps: 4 }));
  const broken = await importWorkflow(unique("Broken"), failing("CUDA out of memory. Tried to allocate 2.50 GiB"));
  const sceneType = await createSceneType(unique("Walk through the market"), workflow.id);
  await setSceneDefault(
    sceneType.id,
    workflow.promptSlots[0]?.id ?? "",
    "{character_name}, {hair} hair, {coat}, at the market",
  );
  const character = await createCharacter(unique("Ines"), { hair: "copper", age: "34" });
  const shoot = unique("Day");
  const done = await submitJob({ workflowId: workflow.id, name: `${shoot}: night market, wide`, tries: 6 });
  const alsoDone = await submitJob({
    workflowId: other.id,
    name: `${shoot}: storm at the lighthouse, with a name that is far too long for any phone`,
    tries: 2,
  });
  const failed = await submitJob({ workflowId: broken.id, name: `${shoot}: close-up of the lantern`, tries: 2 });
  const { job } = await generateTake({ sceneTypeId: sceneType.id, characterId: character.id, allowUnresolved: true });
  const fragment = unique("lantern light from below, with a text that is long enough for two lines on a phone");
  await createFragment(fragment);
  const library = await createLibrary({ name: unique("Looks"), entries: { film: "35mm, %grain%", grain: "fine" } });
  const comparison = await compareVariants({
    sceneTypeId: sceneType.id,
    characterId: character.id,
    allowUnresolved: true,
    variants: [{ label: "As it is" }, { texts: [{ slotId: workflow.promptSlots[0]?.id, text: "rain at the market" }] }],
  });
  const story = await tellStory("Night Market", ["Closing time", "Into the rain"], { film: "35mm, grain" });
  const [sceneId = ""] = story.sceneIds;
  const style = await change<{ visualStyle: { id: string } }>(
    "createVisualStyle",
    "CreateVisualStyleInput",
    { projectId: story.projectId, name: "Wet neon", prompt: "cut paper, one warm lantern" },
    "visualStyle { id }",
  );
  const libraryAsset = unique("Tea kettle");
  await change(
    "createLibraryAsset",
    "CreateLibraryAssetInput",
    { type: "PROP", name: libraryAsset, description: "Dented copper, a bent spout" },
    "libraryAsset { id }",
  );
  await importPrompts(
    { branchId: story.branchId },
    {
      version: 2,
      prompts: { subject: { value: "the market at night" }, look: { value: "%film%", tags: ["film"] } },
      compositions: { picture: ["subject", "look"] },
    },
  );
  await importPrompts({ sceneId }, { version: 2, prompts: { subject: { value: "a lantern changes hands" } } });
  const board = await lanternStory();
  const states = await inheritAssets(board.scenes[0] ?? "");
  await editSceneAsset(states["Mara"] ?? "", { statusTags: ["drenched"], descriptionOverride: "Wet through." });
  await inheritAssets(board.scenes[1] ?? "");
  for (const id of [done.id, alsoDone.id, job.id, ...comparison.jobIds]) await jobReaches(id, "SUCCEEDED");
  await jobReaches(failed.id, "FAILED");
  const filmed = await filmableStory("Ferry", ["Last boat", "Open water"]);
  const film = await startFilm(filmed, { variants: 2 });
  await filmReaches(film, "CHOOSING");
  const work = await translatedWork("The lantern quay");
  return {
    shoot,
    workflow,
    sceneType,
    character,
    doneJobId: done.id,
    failedJob: failed,
    fragment,
    library,
    comparisonId: comparison.id,
    story,
    sceneId,
    styleId: style.visualStyle.id,
    libraryAsset,
    board,
    filmed,
    filmId: film,
    work,
  };
}
