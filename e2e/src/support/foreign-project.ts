import {
  change,
  compareVariants,
  createSceneType,
  generateTake,
  importWorkflow,
  jobReaches,
  outputsOf,
  submitJob,
  unique,
} from "./api.ts";
import { filmableStory, filmReaches, startFilm } from "./films.ts";
import { failing, imageToImage, textToImage, withFailure } from "./graphs.ts";
import { translatedWork } from "./works.ts";

export type ForeignProject = Awaited<ReturnType<typeof furnishProject>>;

/** Something of every kind in one project, for those who are members of it but may change nothing. */
export async function furnishProject() {
  const story = await filmableStory("Salt road", ["The well", "Dust"]);
  const { projectId } = story;
  const portrait = await importWorkflow(unique("Portrait"), textToImage());
  const slotId = portrait.promptSlots[0]?.id ?? "";
  const sceneType = await createSceneType(unique("At the well"), portrait.id, { projectId });
  const { character } = await change<{ character: { id: string } }>(
    "createCharacter",
    "CreateCharacterInput",
    { projectId, name: "Oda" },
    "character { id }",
  );
  const subject = { sceneTypeId: sceneType.id, characterId: character.id };
  const comparison = await compareVariants({
    ...subject,
    variants: [{ label: "As it is" }, { label: "Dusk", texts: [{ slotId, text: "the well at dusk" }] }],
  });
  const takes = [await generateTake(subject), await generateTake(subject)];
  const broken = await importWorkflow(unique("Broken lens"), failing("lens cap left on"));
  const failed = await submitJob({ workflowId: broken.id, projectId, name: unique("Close-up of the well") });
  for (const id of [...comparison.jobIds, ...takes.map(({ job }) => job.id)]) await jobReaches(id, "SUCCEEDED");
  await jobReaches(failed.id, "FAILED");
  const choosing = await startFilm(story, { variants: 2 });
  await filmReaches(choosing, "CHOOSING");
  const withBroken = await importWorkflow(unique("Broken image"), withFailure(imageToImage(), "lens cap left on"));
  const failedFilm = await startFilm({ ...story, images: withBroken }, { variants: 1 });
  await filmReaches(failedFilm, "FAILED");
  const outputIds = (await Promise.all(takes.map(({ job }) => outputsOf(job.id)))).flat();
  const work = await translatedWork("The salt road", projectId);
  return {
    story,
    portrait,
    sceneType,
    character,
    comparisonId: comparison.id,
    outputIds,
    failed,
    choosing,
    failedFilm,
    work,
  };
}

/** Lets somebody into the project. */
export async function addMember(projectId: string, email: string, role: "VIEWER" | "CREATOR"): Promise<void> {
  await change("addProjectMember", "AddProjectMemberInput", { projectId, email, role }, "member { role }");
}
