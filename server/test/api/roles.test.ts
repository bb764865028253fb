import { randomUUID } from "node:crypto";
import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { Context } from "#graphql/context.ts";
import { createPipeline } from "#graphql/pipeline.ts";
import { encodeId } from "#graphql/ids.ts";
import { schema } from "#graphql/schema.ts";
import type { Role } from "#platform/db/generated/enums.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

/** The lowest role of every operation. A new field of a root type has to be entered here. */
const roles: Record<Role, string[]> = {
  VIEWER: [
    "Query.metadataKeys",
    "Query.takeComparisons",
    "Query.suggestFragments",
    "Query.characterGroups",
    "Query.fragmentFacets",
    "Query.overrideTemplates",
    "Query.applyLibraries",
    "Query.applyLibrariesToCollection",
    "Query.promptNames",
    "Query.scenePrompt",
    "Query.autoPrompt",
    "Query.autoPrompts",
    "Query.systemPrompts",
    "Subscription.autoPromptUpdated",
    "Query.chapter",
    "Query.chapterTranslation",
    "Query.checkPrompt",
    "Query.promptVersionDiff",
    "Query.work",
    "Query.works",
    "Subscription.chapterTranslationUpdated",
    "Subscription.workTranslationUpdated",
    "Mutation.applyAutoPrompts",
    "Query.branch",
    "Query.execution",
    "Query.executionByExecId",
    "Query.executionImages",
    "Query.executions",
    "Query.outputPath",
    "Subscription.executionUpdated",
    "Query.continuityDiff",
    "Query.continuityWarnings",
    "Query.libraryAssetMatches",
    "Query.libraryAssets",
    "Query.scene",
    "Query.sceneAssets",
    "Query.sceneContext",
    "Query.sceneReadiness",
    "Query.statusTagCounts",
    "Subscription.branchUpdated",
    "Query.character",
    "Query.characters",
    "Query.fragments",
    "Query.job",
    "Query.jobs",
    "Query.libraries",
    "Query.libraryDrafts",
    "Query.llmStatus",
    "Query.machines",
    "Query.node",
    "Query.outputs",
    "Query.pools",
    "Query.presets",
    "Query.resolutionPresets",
    "Query.projects",
    "Query.promptOverrides",
    "Query.resolvePrompts",
    "Query.sceneType",
    "Query.sceneTypes",
    "Query.systemStatus",
    "Query.takeOfFile",
    "Query.takeCounts",
    "Query.takeStates",
    "Query.takes",
    "Query.timeline",
    "Query.viewer",
    "Query.workflow",
    "Query.workflowVersionDiff",
    "Query.workflows",
    "Query.apiKeys",
    "Mutation.createApiKey",
    "Mutation.revokeApiKey",
    "Subscription.dryRunUpdated",
    "Subscription.jobUpdated",
    "Subscription.takeUpdated",
    "Subscription.queueUpdated",
    "Subscription.runLogged",
    "Subscription.systemUpdated",
  ],
  CREATOR: [
    "Mutation.addProjectMember",
    "Mutation.removeProjectMember",
    "Mutation.setProjectMemberRole",
    "Mutation.activateBranch",
    "Mutation.autoPrompt",
    "Mutation.cancelAutoPrompt",
    "Mutation.retryAutoPrompt",
    "Mutation.appendPromptVersion",
    "Mutation.backfillTranslations",
    "Mutation.cancelTranslation",
    "Mutation.createChapter",
    "Mutation.createWork",
    "Mutation.createWorkPrompt",
    "Mutation.deleteChapter",
    "Mutation.deleteWork",
    "Mutation.importChapters",
    "Mutation.importTranslations",
    "Mutation.renameWorkPrompt",
    "Mutation.reorderChapters",
    "Mutation.retryTranslation",
    "Mutation.revertPromptVersion",
    "Mutation.seedDefaultPrompts",
    "Mutation.translateChapter",
    "Mutation.updateChapter",
    "Mutation.updateWork",
    "Mutation.cancelExecution",
    "Mutation.chooseExecutionVariant",
    "Mutation.continueExecution",
    "Mutation.retryExecution",
    "Mutation.setSlotPrompts",
    "Mutation.startExecution",
    "Query.preflightExecution",
    "Mutation.advanceScene",
    "Mutation.cloneLibraryAsset",
    "Mutation.createBranch",
    "Mutation.createLibraryAsset",
    "Mutation.createProjectAsset",
    "Mutation.createScene",
    "Mutation.createSceneAsset",
    "Mutation.createVisualStyle",
    "Mutation.deleteBranch",
    "Mutation.deleteLibraryAsset",
    "Mutation.deleteProjectAsset",
    "Mutation.deleteScene",
    "Mutation.deleteSceneAsset",
    "Mutation.deleteVisualStyle",
    "Mutation.forkBranch",
    "Mutation.acceptSceneAssets",
    "Mutation.detectSceneAssets",
    "Mutation.generateSceneAssetImages",
    "Mutation.ignoreSceneAssetSuggestions",
    "Mutation.inheritSceneAssets",
    "Mutation.lockSceneAssets",
    "Mutation.lockVisualStyle",
    "Mutation.moveScene",
    "Mutation.renameBranch",
    "Mutation.reorderScenes",
    "Mutation.setAssetWorkflow",
    "Mutation.unlockSceneAssets",
    "Mutation.unlockVisualStyle",
    "Mutation.updateLibraryAsset",
    "Mutation.updateProjectAsset",
    "Mutation.updateScene",
    "Mutation.updateSceneAsset",
    "Mutation.updateVisualStyle",
    "Mutation.addPrompt",
    "Mutation.addSceneLora",
    "Mutation.composePrompts",
    "Mutation.importPromptCollection",
    "Mutation.importSceneMetadata",
    "Mutation.removePrompt",
    "Mutation.removeSceneLora",
    "Mutation.renamePrompt",
    "Mutation.reorderPrompts",
    "Mutation.reorderSceneLoras",
    "Mutation.rollbackToV1",
    "Mutation.updatePrompt",
    "Mutation.updateSceneLora",
    "Mutation.updateSceneMetadata",
    "Mutation.compareVariants",
    "Mutation.keepVariant",
    "Mutation.deleteSceneType",
    "Mutation.duplicateSceneType",
    "Mutation.setScenePromptDefaults",
    "Mutation.addCharacterImages",
    "Mutation.applyFragments",
    "Mutation.assignCharacters",
    "Mutation.createCharacterGroup",
    "Mutation.createOverrideTemplate",
    "Mutation.deleteCharacter",
    "Mutation.deleteCharacterGroup",
    "Mutation.deleteFragments",
    "Mutation.deleteOverrideTemplate",
    "Mutation.refreshOverrideFragments",
    "Mutation.removeCharacterImages",
    "Mutation.renameCharacterGroup",
    "Mutation.reorderCharacterImages",
    "Mutation.updateFragments",
    "Mutation.updateOverrideTemplate",
    "Mutation.cancelJob",
    "Mutation.completeUpload",
    "Mutation.createCharacter",
    "Mutation.createFragment",
    "Mutation.createLibrary",
    "Mutation.createProject",
    "Mutation.createSceneType",
    "Mutation.createUpload",
    "Mutation.deleteFragment",
    "Mutation.deleteLibrary",
    "Mutation.discardLibraryDraft",
    "Mutation.editLibraryDraft",
    "Mutation.openLibraryDraft",
    "Mutation.saveLibraryDraft",
    "Mutation.deleteScenePromptDefault",
    "Mutation.dryRunWorkflow",
    "Mutation.cancelTake",
    "Mutation.deleteTake",
    "Mutation.extendTake",
    "Mutation.remakeSegment",
    "Mutation.resumeTake",
    "Mutation.generateTake",
    "Mutation.generateTakes",
    "Mutation.pickBoundaryFrame",
    "Mutation.regenerateTakes",
    "Mutation.reproduceTake",
    "Mutation.reviewTake",
    "Mutation.rateTake",
    "Mutation.pauseJob",
    "Mutation.pauseQueue",
    "Mutation.pinFragment",
    "Mutation.resumeJob",
    "Mutation.resumeQueue",
    "Mutation.retryJob",
    "Mutation.reorderJob",
    "Mutation.setJobPriority",
    "Mutation.setProjectLibraries",
    "Mutation.setPromptOverrides",
    "Mutation.setScenePromptDefault",
    "Mutation.submitJob",
    "Mutation.unpinFragment",
    "Mutation.updateCharacter",
    "Mutation.updateFragment",
    "Mutation.updateLibrary",
    "Mutation.updateSceneType",
    "Mutation.upgradeSceneType",
    "Mutation.deletePreset",
    "Mutation.deleteResolutionPreset",
    "Mutation.renamePreset",
    "Mutation.renameResolutionPreset",
    "Mutation.savePreset",
    "Mutation.saveResolutionPreset",
    "Query.applyPresets",
    "Query.browseDirectory",
    "Query.estimateSceneAssetImages",
    "Query.estimateTakes",
    "Query.preflightJob",
    "Query.recentDirectories",
    "Query.validateWorkflow",
  ],
  ADMIN: [
    "Query.users",
    "Query.invitations",
    "Query.signInEvents",
    "Mutation.createInvitation",
    "Mutation.createPasswordReset",
    "Mutation.disableUser",
    "Mutation.enableUser",
    "Mutation.revokeInvitation",
    "Mutation.setUserRole",
    "Mutation.setSystemPrompt",
    "Mutation.cleanup",
    "Mutation.createWebhook",
    "Mutation.deleteWebhook",
    "Mutation.replayWebhookDelivery",
    "Mutation.rotateWebhookSecret",
    "Mutation.testWebhook",
    "Mutation.updateWebhook",
    "Query.webhookDeliveries",
    "Query.webhooks",
    "Subscription.webhookUpdated",
    "Mutation.setRetentionRule",
    "Mutation.resetRetentionRule",
    "Query.cleanups",
    "Query.retention",
    "Mutation.addMachine",
    "Mutation.addWorkflowParameter",
    "Mutation.importWorkflow",
    "Mutation.clearQueue",
    "Mutation.drainMachine",
    "Mutation.refreshMachine",
    "Mutation.removeMachine",
    "Mutation.removeWorkflowParameter",
    "Mutation.reorderWorkflowParameters",
    "Mutation.resetWorkflowParameters",
    "Mutation.setOutputKinds",
    "Mutation.setStageTemplate",
    "Mutation.setWorkflowStatus",
    "Mutation.updateMachine",
    "Mutation.updatePromptSlot",
    "Mutation.updateWorkflow",
    "Mutation.updateWorkflowParameter",
  ],
};
const rank: Role[] = ["VIEWER", "CREATOR", "ADMIN"];

const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
  Object.values(type?.getFields() ?? {}).map((field) => [`${type?.name}.${field.name}`, field] as const),
);

/** Some value of an input type, with what is required and no more. */
function sample(type: GraphQLInputType, name: string): unknown {
  if (isNonNullType(type)) return sample(type.ofType, name);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isRequiredInputField(field));
    return Object.fromEntries(required.map((field) => [field.name, sample(field.type, field.name)]));
  }
  if (type.name === "ID")
    return encodeId(
      name === "id" ? "Job" : name.replace(/Id$/, "").replace(/^./, (first) => first.toUpperCase()),
      randomUUID(),
    );
  return type.name === "String" ? "x" : 1;
}

function operationFor(
  path: string,
  field: GraphQLField<unknown, unknown>,
): { query: string; variables: Record<string, unknown> } {
  const args = field.args.filter((argument) => isRequiredArgument(argument));
  const kind = (path.split(".")[0] ?? "").toLowerCase();
  const declared =
    args.length > 0 ? `(${args.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(", ")})` : "";
  const given = args.length > 0 ? `(${args.map((argument) => `${argument.name}: $${argument.name}`).join(", ")})` : "";
  const selection = isCompositeType(getNamedType(field.type)) ? "{ __typename }" : "";
  return {
    query: `${kind} ${declared} { result: ${field.name}${given} ${selection} }`,
    variables: Object.fromEntries(args.map((argument) => [argument.name, sample(argument.type, argument.name)])),
  };
}

let app: TestApp;
const people = new Map<Role, Viewer>();
beforeAll(async () => {
  app = await startTestApp();
  for (const role of rank) {
    const user = await app.deps.db.prisma.user.create({ data: { name: role, role } });
    people.set(role, { userId: user.id, name: role, role, projectIds: [] });
  }
});
afterAll(() => app[Symbol.asyncDispose]());

type Outcome = "UNAUTHENTICATED" | "FORBIDDEN" | "let in";
async function ask(path: string, field: GraphQLField<unknown, unknown>, viewer: Viewer | null): Promise<Outcome> {
  const { query, variables } = operationFor(path, field);
  const pipeline = createPipeline(schema, app.deps.config.limits, true);
  const prepared = pipeline.prepare(query);
  if ("errors" in prepared) throw prepared.errors[0];
  const context: Context = { deps: app.deps, viewer, requestId: "test" };
  const operation = { document: prepared.document, operationName: undefined, variables, context };
  const result = path.startsWith("Subscription.")
    ? await pipeline.subscribe(operation)
    : await pipeline.execute(operation);
  if (Symbol.asyncIterator in result) {
    await result[Symbol.asyncIterator]().return?.();
    return "let in";
  }
  const code = result.errors?.[0]?.extensions["code"];
  if (code === "UNAUTHENTICATED" || code === "FORBIDDEN") return code;
  const data = result.data?.["result"] as { __typename?: string } | null | undefined;
  return data?.__typename === "ForbiddenError" ? "FORBIDDEN" : "let in";
}

test("every operation has a role", () => {
  expect(Object.values(roles).flat().toSorted()).toEqual(fields.map(([path]) => path).toSorted());
});

test.each(fields)(
  "%s is closed to nobody and to roles that are too low, and open to the others",
  async (path, field) => {
    const lowest = rank.findIndex((role) => roles[role].includes(path));
    const expected = { nobody: "UNAUTHENTICATED" } as Record<string, Outcome>;
    const actual = { nobody: await ask(path, field, null) } as Record<string, Outcome>;
    for (const [index, role] of rank.entries()) {
      expected[role] = index < lowest ? "FORBIDDEN" : "let in";
      actual[role] = await ask(path, field, people.get(role) ?? null);
    }
    expect(actual).toEqual(expected);
  },
);

test("nothing reaches the database for nobody", async () => {
  app.takeStatements();
  for (const [path, field] of fields) await ask(path, field, null);
  expect(app.takeStatements()).toEqual([]);
});
