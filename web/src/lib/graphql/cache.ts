import {
  type Cache,
  cacheExchange,
  type KeyingConfig,
  type Resolver,
  type UpdateResolver,
} from "@urql/exchange-graphcache";
import shape from "#gql/schema-shape.json";
import { schemaOf } from "#lib/graphql/schema-shape.ts";

/** Types without an `id` live inside the object that they were read with. */
function embeddedTypes(): KeyingConfig {
  const keys: KeyingConfig = {};
  for (const [name, [fields]] of Object.entries(shape.objects)) {
    if (name !== "Query" && !/(^| )id\b/.test(fields ?? "")) keys[name] = () => null;
  }
  return keys;
}

/** Which root lists are read again after a mutation that adds to them or takes from them. */
const touches: Record<string, string[]> = {
  importWorkflow: ["workflows", "workflow"],
  updatePromptSlot: ["resolvePrompts", "workflow"],
  dryRunWorkflow: ["jobs", "systemStatus"],
  upgradeSceneType: ["sceneTypes", "sceneType", "workflow", "resolvePrompts", "promptOverrides"],
  createSceneType: ["sceneTypes"],
  updateSceneType: ["resolvePrompts"],
  setScenePromptDefaults: ["resolvePrompts"],
  duplicateSceneType: ["sceneTypes"],
  deleteSceneType: ["sceneTypes"],
  createProject: ["projects"],
  addProjectMember: ["node"],
  setProjectMemberRole: ["node"],
  removeProjectMember: ["node"],
  createInvitation: ["invitations"],
  createApiKey: ["apiKeys"],
  revokeApiKey: ["apiKeys"],
  createWebhook: ["webhooks"],
  updateWebhook: ["webhooks"],
  deleteWebhook: ["webhooks"],
  replayWebhookDelivery: ["webhookDeliveries"],
  createCharacter: ["characters", "characterGroups", "metadataKeys"],
  updateCharacter: ["resolvePrompts", "metadataKeys", "characters"],
  deleteCharacter: ["characters", "characterGroups", "metadataKeys"],
  createCharacterGroup: ["characterGroups"],
  deleteCharacterGroup: ["characterGroups", "characters", "resolvePrompts"],
  assignCharacters: ["characterGroups", "characters", "resolvePrompts"],
  setPromptOverrides: ["promptOverrides", "resolvePrompts", "fragments", "suggestFragments"],
  refreshOverrideFragments: ["promptOverrides", "resolvePrompts"],
  applyFragments: ["promptOverrides", "resolvePrompts", "fragments", "suggestFragments"],
  createOverrideTemplate: ["overrideTemplates"],
  deleteOverrideTemplate: ["overrideTemplates"],
  createFragment: ["fragments", "fragmentFacets"],
  updateFragment: ["fragments", "fragmentFacets", "promptOverrides"],
  updateFragments: ["fragments", "fragmentFacets"],
  deleteFragments: ["fragments", "fragmentFacets", "promptOverrides"],
  createLibrary: ["libraries"],
  updateLibrary: ["libraries", "applyLibraries", "resolvePrompts"],
  deleteLibrary: ["libraries", "projects", "applyLibraries", "resolvePrompts"],
  openLibraryDraft: ["libraryDrafts"],
  saveLibraryDraft: ["libraries", "libraryDrafts", "applyLibraries", "resolvePrompts"],
  discardLibraryDraft: ["libraryDrafts"],
  setProjectLibraries: ["resolvePrompts"],
  importPromptCollection: ["promptNames"],
  rollbackToV1: ["promptNames"],
  createLibraryAsset: ["libraryAssets"],
  updateLibraryAsset: ["libraryAssets"],
  deleteLibraryAsset: ["libraryAssets"],
  pinFragment: ["fragments"],
  unpinFragment: ["fragments"],
  submitJob: ["jobs", "systemStatus", "recentDirectories"],
  savePreset: ["presets", "applyPresets"],
  renamePreset: ["presets"],
  deletePreset: ["presets", "applyPresets"],
  saveResolutionPreset: ["resolutionPresets"],
  renameResolutionPreset: ["resolutionPresets"],
  deleteResolutionPreset: ["resolutionPresets"],
  setSystemPrompt: ["systemPrompts"],
  setRetentionRule: ["retention"],
  resetRetentionRule: ["retention"],
  drainMachine: ["systemStatus"],
  cleanup: ["cleanups", "systemStatus"],
  retryJob: ["jobs", "systemStatus"],
  cancelJob: ["jobs", "systemStatus"],
  generateTake: ["takes", "takeCounts", "jobs", "systemStatus"],
  reproduceTake: ["takes", "takeCounts", "jobs", "systemStatus"],
  reviewTake: ["takeCounts"],
  resumeTake: ["takeCounts"],
  cancelTake: ["takeCounts"],
  extendTake: ["takeCounts"],
  remakeSegment: ["takeCounts"],
  compareVariants: ["takeComparisons", "takes", "takeCounts", "jobs", "systemStatus"],
  keepVariant: ["promptOverrides", "resolvePrompts", "sceneType"],
  createBranch: ["projects", "branch"],
  forkBranch: ["projects", "branch"],
  deleteBranch: ["projects", "branch"],
  createScene: ["branch"],
  moveScene: ["branch", "scene"],
  deleteScene: ["branch"],
  createProjectAsset: ["branch"],
  deleteProjectAsset: ["branch"],
  deleteSceneAsset: ["scene", "sceneAssets"],
  detectSceneAssets: ["scene"],
  acceptSceneAssets: ["scene"],
  setAssetWorkflow: ["estimateSceneAssetImages"],
  setSlotPrompts: ["preflightExecution"],
  startExecution: ["executions"],
  createWork: ["works"],
  updateWork: ["works"],
  deleteWork: ["works", "work"],
  createChapter: ["work", "works", "chapter"],
  updateChapter: ["work"],
  deleteChapter: ["work", "works", "chapter"],
  reorderChapters: ["work", "chapter"],
  importChapters: ["work", "works", "chapter"],
  seedDefaultPrompts: ["work", "chapter"],
  appendPromptVersion: ["work", "promptVersionDiff"],
  revertPromptVersion: ["work", "promptVersionDiff"],
  translateChapter: ["chapter"],
  addMachine: ["machines", "pools", "systemStatus"],
  updateMachine: ["pools", "systemStatus"],
  removeMachine: ["machines", "pools", "systemStatus"],
  pauseQueue: ["machines", "pools", "systemStatus"],
  resumeQueue: ["machines", "pools", "systemStatus"],
};

function invalidateFields(cache: Cache, names: string[]): void {
  for (const field of cache.inspectFields("Query")) {
    if (names.includes(field.fieldName)) cache.invalidate("Query", field.fieldKey);
  }
}

const mutationUpdates: Record<string, UpdateResolver> = Object.fromEntries(
  Object.entries(touches).map(([mutation, names]): [string, UpdateResolver] => [
    mutation,
    (result, _args, cache) => {
      const outcome = (result as Record<string, { __typename?: string } | null>)[mutation];
      if (outcome?.__typename?.endsWith("Payload")) invalidateFields(cache, names);
    },
  ]),
);

/** Characters still point at a deleted group: it has to go from the cache for them to be read again. */
const forgetGroup: UpdateResolver = (result, args, cache, info) => {
  const outcome = result["deleteCharacterGroup"] as { deletedId?: string } | null;
  if (outcome?.deletedId) cache.invalidate({ __typename: "CharacterGroup", id: outcome.deletedId });
  mutationUpdates["deleteCharacterGroup"]?.(result, args, cache, info);
};

/** Takes a record that is here under its id already; what the server says does not exist stays missing. */
const byId =
  (typename: string): Resolver =>
  (_parent, args, cache, info) => {
    if (!args["id"] || cache.resolve("Query", info.fieldName, args) === null) return null;
    return { __typename: typename, id: args["id"] as string };
  };

/** The normalised cache: one record per object, whichever query or event it arrived with. */
export const normalisedCache = () =>
  cacheExchange({
    schema: schemaOf(shape),
    // Built-in resolutions have no id.
    keys: { ...embeddedTypes(), ResolutionPreset: () => null },
    resolvers: {
      Query: {
        job: byId("Job"),
        workflow: byId("Workflow"),
        sceneType: byId("SceneType"),
        character: byId("Character"),
      },
    },
    updates: { Mutation: { ...mutationUpdates, deleteCharacterGroup: forgetGroup } },
  });
