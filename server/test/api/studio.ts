import { createFragment } from "#domains/fragments/fragments.service.ts";
import { createLibrary } from "#domains/libraries/libraries.service.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { makeExecution } from "#test/api/studio-execution.ts";
import { makeStory } from "#test/api/studio-story.ts";
import { makeWork } from "#test/api/studio-work.ts";
import { makePromptStudio } from "#test/prompt-studio.ts";
import type { TestApp } from "#test/test-app.ts";

/** A studio with one of everything in a project, seen by its members only, and a few things that are the creator's own. */
export async function makeFullStudio(app: TestApp, name: string) {
  const studio = await makePromptStudio(app, name);
  const { prisma } = app.deps.db;
  const { projectId, sceneTypeId, characterId, slots, creator } = studio;
  const { currentVersionId } = await prisma.workflow.findUniqueOrThrow({ where: { id: studio.workflowId } });
  const workflowVersionId = currentVersionId ?? "";

  const sha256 = Buffer.from(name).toString("hex").padEnd(64, "0").slice(0, 64);
  await prisma.blob.create({ data: { sha256, bytes: 12, mime: "image/png", width: 3, height: 2 } });
  const asset = (filename: string, project: string | null) =>
    prisma.asset.create({
      data: {
        sha256,
        kind: "OUTPUT",
        folder: `test/${name}`,
        filename,
        projectId: project,
        createdById: creator.userId,
      },
    });
  const output = await asset("output.png", projectId);
  const ownAsset = await asset("own.png", null);

  const job = (project: string | null) =>
    prisma.job.create({
      data: {
        name: `${name} job`,
        workflowVersionId,
        projectId: project,
        createdById: creator.userId,
        total: 1,
        succeeded: 1,
        finishedAt: new Date(),
        startedAt: new Date(),
        runs: {
          create: {
            index: 0,
            status: "SUCCEEDED",
            pool: "default",
            priority: 0,
            createdById: creator.userId,
            outputPrefix: "x",
            inputAssetId: output.id,
            graph: { create: { json: "{}" } },
            outputs: { create: { index: 0, assetId: output.id, nodeId: "9", machineFilename: "a.png" } },
          },
        },
      },
      include: { runs: true },
    });
  const projectJob = await job(projectId);
  const ownJob = await job(null);
  const take = await prisma.take.create({
    data: {
      sceneTypeId,
      characterId,
      jobId: projectJob.id,
      inputAssetId: output.id,
      createdById: creator.userId,
      status: "REVIEW",
      seed: "18446744073709551615",
      snapshot: { workflowVersionId, contentHash: "", prompts: [], params: {}, inputSha256: null },
      artifacts: { create: { kind: "FINAL", assetId: output.id, isPrimary: true } },
      segments: {
        create: {
          index: 0,
          status: "DONE",
          clipPosition: "FULL_CLIP",
          prompts: [],
          seed: "1",
          outputAssetId: output.id,
        },
      },
    },
    include: { artifacts: true, segments: true },
  });
  const comparison = await prisma.takeComparison.create({
    data: {
      sceneTypeId,
      characterId,
      createdById: creator.userId,
      seed: "5",
      variants: {
        create: {
          index: 0,
          label: "A",
          drafts: { draftDefaults: [], draftOverrides: [], draftTexts: [] },
          takeId: take.id,
        },
      },
    },
  });
  const slotId = slots.positive.id;
  const promptDefault = await prisma.scenePromptDefault.create({ data: { sceneTypeId, slotId, text: "a default" } });
  const override = await prisma.promptOverride.create({
    data: { scope: "CHARACTER", targetId: characterId, characterId, sceneTypeId, slotId, text: "an override" },
  });
  const library = await createLibrary(app.deps, app.admin, { name, projectId, entries: { light: "soft" } });
  const libraryDraft = await prisma.libraryDraft.create({
    data: {
      libraryId: library.id,
      projectId,
      createdById: creator.userId,
      name,
      delimiter: "%",
      maxDepth: 10,
      entries: { light: "hard" },
      base: { light: "soft" },
      baseVersion: 1,
      expiresAt: new Date(Date.now() + 600_000),
    },
  });
  const fragment = await createFragment(app.deps, { text: `${name} fragment` });
  const group = await prisma.characterGroup.create({ data: { projectId, name: "Sellers" } });
  await prisma.character.update({ where: { id: characterId }, data: { groupId: group.id } });
  await prisma.projectLibrary.create({ data: { projectId, libraryId: library.id, position: 0 } });
  await prisma.characterImage.create({ data: { characterId, assetId: output.id, sortOrder: 0 } });
  const template = await prisma.overrideTemplate.create({
    data: { name, fragments: [{ type: "FRAGMENT_REF", fragmentId: fragment.id, text: fragment.text }] },
  });
  const machine = await prisma.machine.create({
    data: { name, url: `http://10.1.1.1:${1000 + name.length}`, apiKey: "machine-secret", pools: ["default"] },
  });
  const upload = await prisma.upload.create({
    data: {
      filename: "a.png",
      bytes: 12,
      projectId,
      createdById: creator.userId,
      expiresAt: new Date(Date.now() + 60_000),
    },
  });

  const apiKey = await prisma.apiKey.create({
    data: { userId: creator.userId, name, hash: sha256, start: "cs_abcd", scope: "WRITE" },
  });
  await prisma.projectMember.create({ data: { projectId, userId: creator.userId, role: "ADMIN" } });
  const administrator = { ...creator, projectRoles: { [projectId]: "ADMIN" as const } };

  const preset = await prisma.preset.create({
    data: { userId: creator.userId, kind: "PROMPT", category: "IMAGE_GEN", name, content: "{}" },
  });
  const resolution = await prisma.resolutionPreset.create({
    data: { name, key: name.toLowerCase(), width: 64, height: 64, createdById: creator.userId },
  });

  const picture = {
    "1": { class_type: "LoadImage", inputs: { image: "a.png" } },
    "2": { class_type: "SaveImage", inputs: { images: ["1", 0], filename_prefix: "x" } },
  };
  const { workflow: pictureWorkflow } = await importWorkflow(app.deps, {
    name: `${name} picture`,
    source: JSON.stringify(picture),
    removeOrphans: false,
  });

  const story = await makeStory(app, {
    projectId,
    name,
    assetId: output.id,
    userId: creator.userId,
    jobId: projectJob.id,
    workflowVersionId,
  });
  const autoPrompt = await prisma.autoPrompt.create({
    data: {
      stage: "CAPTION",
      projectId,
      createdById: creator.userId,
      workflowVersionId,
      captionPrompt: "Describe.",
      motionPrompt: "Write.",
      items: { create: { index: 0, key: "output.png", assetId: output.id, caption: "A stall." } },
    },
  });
  const execution = await makeExecution(app, {
    branchId: story.branchId,
    sceneId: story.sceneId,
    assetId: output.id,
    workflowVersionId,
    projectId,
    userId: creator.userId,
    slotId,
  });
  const work = await makeWork(app, { projectId, name, userId: creator.userId });
  const cleanup = await app.deps.db.prisma.cleanup.create({ data: {} });
  const webhook = await prisma.webhook.create({
    data: {
      name,
      url: "https://hooks.studio.example/",
      events: ["JOB_ENDED"],
      // Nothing leaves a test.
      isEnabled: false,
      projectId,
      secret: "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
      createdById: creator.userId,
      deliveries: { create: { event: "JOB_ENDED", eventId: projectJob.id, payload: "{}" } },
    },
    include: { deliveries: true },
  });
  const [run] = projectJob.runs;
  const [artifact] = take.artifacts;
  const [segment] = take.segments;
  if (!run || !artifact || !segment) throw new Error("the studio is not whole");
  return {
    ...studio,
    creator: administrator,
    jobId: projectJob.id,
    /** A workflow that starts from a picture. */
    pictureWorkflowId: encodeId("Workflow", pictureWorkflow.id),
    /** Global ids by type. */
    nodes: {
      Workflow: encodeId("Workflow", studio.workflowId),
      WorkflowVersion: encodeId("WorkflowVersion", workflowVersionId),
      PromptSlot: encodeId("PromptSlot", slotId),
      Fragment: encodeId("Fragment", fragment.id),
      Machine: encodeId("Machine", machine.id),
      Project: studio.ids.project,
      SceneType: studio.ids.sceneType,
      Character: studio.ids.character,
      ScenePromptDefault: encodeId("ScenePromptDefault", promptDefault.id),
      PromptOverride: encodeId("PromptOverride", override.id),
      Library: encodeId("Library", library.id),
      LibraryDraft: encodeId("LibraryDraft", libraryDraft.id),
      CharacterGroup: encodeId("CharacterGroup", group.id),
      OverrideTemplate: encodeId("OverrideTemplate", template.id),
      Job: encodeId("Job", projectJob.id),
      Run: encodeId("Run", run.id),
      Asset: encodeId("Asset", output.id),
      Take: encodeId("Take", take.id),
      TakeSegment: encodeId("TakeSegment", segment.id),
      TakeComparison: encodeId("TakeComparison", comparison.id),
      Artifact: encodeId("Artifact", artifact.id),
      User: encodeId("User", creator.userId),
      Preset: encodeId("Preset", preset.id),
      ResolutionPreset: encodeId("ResolutionPreset", resolution.id),
      Upload: encodeId("Upload", upload.id),
      ApiKey: encodeId("ApiKey", apiKey.id),
      Cleanup: encodeId("Cleanup", cleanup.id),
      Webhook: encodeId("Webhook", webhook.id),
      WebhookDelivery: encodeId("WebhookDelivery", webhook.deliveries[0]?.id ?? ""),
      AutoPrompt: encodeId("AutoPrompt", autoPrompt.id),
      ...story.nodes,
      ...execution,
      ...work,
    },
    /** Without a project: for the creator and ADMIN only. */
    own: {
      Asset: encodeId("Asset", ownAsset.id),
      Job: encodeId("Job", ownJob.id),
      Run: encodeId("Run", ownJob.runs[0]?.id ?? ""),
    },
  };
}

export type FullStudio = Awaited<ReturnType<typeof makeFullStudio>>;
