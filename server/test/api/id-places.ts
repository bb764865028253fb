import type { FullStudio } from "#test/api/studio.ts";

/** Nodes that belong to the whole studio; all others belong to a project or a person. */
export const studioWide = new Set([
  "Workflow",
  "WorkflowVersion",
  "PromptSlot",
  "Fragment",
  "OverrideTemplate",
  "Machine",
  "ResolutionPreset",
]);

/** An id in the input of a mutation. */
export interface Place {
  mutation: string;
  /** Where in the input the id stands, and of which type it is. */
  path: string[];
  type: string;
  input: (own: FullStudio["nodes"], studio: FullStudio) => Record<string, unknown>;
  /** Things of the whole studio can't be foreign, only unknown. */
  isStudioWide?: boolean;
  /** Reads what else the input names before it comes to this id. */
  looksFirst?: boolean;
}
const place = (mutation: string, path: string, type: string, input: Place["input"] = () => ({})): Place => ({
  mutation,
  path: path.split("."),
  type,
  input,
  isStudioWide: studioWide.has(type),
});
const entriesOf = (own: FullStudio["nodes"]) => ({ fragments: [{ type: "FRAGMENT_REF", fragmentId: own.Fragment }] });
const applyOf = (own: FullStudio["nodes"]) => ({
  sceneTypeId: own.SceneType,
  slotIds: [own.PromptSlot],
  characters: { characterIds: [own.Character] },
  ...entriesOf(own),
  dryRun: true,
});
const compareOf = (own: FullStudio["nodes"]) => ({
  sceneTypeId: own.SceneType,
  characterId: own.Character,
  variants: [
    {
      texts: [{ slotId: own.PromptSlot, text: "x" }],
      draftDefaults: [{ slotId: own.PromptSlot, text: "x" }],
      draftOverrides: [
        {
          scope: "CHARACTER",
          slotId: own.PromptSlot,
          fragments: [{ type: "FRAGMENT_REF", fragmentId: own.Fragment, text: "x" }],
        },
      ],
    },
    {},
  ],
});
const overridesOf = (own: FullStudio["nodes"]) => ({
  sceneTypeId: own.SceneType,
  scope: "CHARACTER",
  targetId: own.Character,
  overrides: [{ slotId: own.PromptSlot, fragments: [{ type: "FRAGMENT_REF", fragmentId: own.Fragment }] }],
});

/** Every place of an input at which an id can stand. */
export const places: Place[] = [
  place("addCharacterImages", "characterId", "Character", () => ({ assetIds: [] })),
  place("addCharacterImages", "assetIds.0", "Asset", (own) => ({ characterId: own.Character })),
  place("applyFragments", "sceneTypeId", "SceneType", applyOf),
  place("applyFragments", "slotIds.0", "PromptSlot", applyOf),
  place("applyFragments", "characters.projectId", "Project", applyOf),
  place("applyFragments", "characters.groupId", "CharacterGroup", applyOf),
  place("applyFragments", "characters.characterIds.0", "Character", applyOf),
  place("applyFragments", "templateId", "OverrideTemplate", applyOf),
  place("applyFragments", "fragments.0.fragmentId", "Fragment", applyOf),
  place("assignCharacters", "characterIds.0", "Character"),
  place("assignCharacters", "groupId", "CharacterGroup", (own) => ({ characterIds: [own.Character] })),
  place("cancelJob", "id", "Job"),
  place("compareVariants", "sceneTypeId", "SceneType", compareOf),
  place("compareVariants", "characterId", "Character", compareOf),
  place("compareVariants", "inputAssetId", "Asset", compareOf),
  place("compareVariants", "variants.0.texts.0.slotId", "PromptSlot", compareOf),
  place("compareVariants", "variants.0.draftDefaults.0.slotId", "PromptSlot", compareOf),
  place("compareVariants", "variants.0.draftOverrides.0.slotId", "PromptSlot", compareOf),
  place("compareVariants", "variants.0.draftOverrides.0.fragments.0.fragmentId", "Fragment", compareOf),
  place("completeUpload", "uploadId", "Upload"),
  place("createCharacter", "projectId", "Project", () => ({ name: "x" })),
  place("createCharacter", "groupId", "CharacterGroup", (own) => ({ projectId: own.Project, name: "x" })),
  place("createCharacterGroup", "projectId", "Project", () => ({ name: "x" })),
  place("createLibrary", "projectId", "Project", () => ({ name: "x" })),
  place("createOverrideTemplate", "fragments.0.fragmentId", "Fragment", (own) => ({ name: "x", ...entriesOf(own) })),
  place("createSceneType", "workflowId", "Workflow", () => ({ name: "x" })),
  place("createSceneType", "projectId", "Project", (own) => ({ name: "x", workflowId: own.Workflow })),
  place("createUpload", "projectId", "Project", () => ({ filename: "a.png", bytes: 3 })),
  place("deleteCharacter", "id", "Character"),
  place("deleteCharacterGroup", "id", "CharacterGroup"),
  place("deleteFragment", "id", "Fragment"),
  place("deleteFragments", "ids.0", "Fragment"),
  place("deleteLibrary", "id", "Library"),
  place("deleteOverrideTemplate", "id", "OverrideTemplate"),
  place("deleteSceneType", "id", "SceneType"),
  place("duplicateSceneType", "id", "SceneType", () => ({ name: "x" })),
  place("duplicateSceneType", "projectId", "Project", (own) => ({ id: own.SceneType, name: "x" })),
  place("deletePreset", "id", "Preset"),
  place("deleteResolutionPreset", "id", "ResolutionPreset"),
  place("deleteScenePromptDefault", "sceneTypeId", "SceneType", (own) => ({ slotId: own.PromptSlot })),
  place("deleteScenePromptDefault", "slotId", "PromptSlot", (own) => ({ sceneTypeId: own.SceneType })),
  place("dryRunWorkflow", "workflowId", "Workflow"),
  place("dryRunWorkflow", "versionId", "WorkflowVersion", (own) => ({ workflowId: own.Workflow })),
  place("dryRunWorkflow", "machineId", "Machine", (own) => ({ workflowId: own.Workflow })),
  place("generateTake", "sceneTypeId", "SceneType", (own) => ({ characterId: own.Character })),
  place("generateTake", "characterId", "Character", (own) => ({ sceneTypeId: own.SceneType })),
  place("generateTake", "inputAssetId", "Asset", (own) => ({ sceneTypeId: own.SceneType, characterId: own.Character })),
  place("extendTake", "takeId", "Take", () => ({ segments: 1 })),
  place("generateTakes", "sceneTypeIds.0", "SceneType", (own) => ({ characterIds: [own.Character] })),
  place("generateTakes", "characterIds.0", "Character", (own) => ({ sceneTypeIds: [own.SceneType] })),
  place("generateTakes", "inputAssetId", "Asset", (own) => ({
    sceneTypeIds: [own.SceneType],
    characterIds: [own.Character],
  })),
  place("pickBoundaryFrame", "segmentId", "TakeSegment", () => ({ frame: 0 })),
  place("regenerateTakes", "sceneTypeIds.0", "SceneType", (own) => ({ characterIds: [own.Character] })),
  place("regenerateTakes", "characterIds.0", "Character", (own) => ({ sceneTypeIds: [own.SceneType] })),
  place("reproduceTake", "takeId", "Take"),
  place("reproduceTake", "inputAssetId", "Asset", (own) => ({ takeId: own.Take })),
  place("reproduceTake", "prompts.0.slotId", "PromptSlot", (own) => ({ takeId: own.Take, prompts: [{ text: "x" }] })),
  place("reviewTake", "takeId", "Take", () => ({ verdict: "APPROVED" })),
  place("importWorkflow", "assetId", "Asset", () => ({ name: "x" })),
  place("importWorkflow", "machineId", "Machine", () => ({ name: "x" })),
  place("keepVariant", "takeId", "Take", () => ({ scope: "CHARACTER" })),
  place("pauseJob", "id", "Job"),
  place("pauseQueue", "machineId", "Machine"),
  place("pinFragment", "fragmentId", "Fragment", (own) => ({ sceneTypeId: own.SceneType })),
  place("pinFragment", "sceneTypeId", "SceneType", (own) => ({ fragmentId: own.Fragment })),
  place("refreshOverrideFragments", "overrideId", "PromptOverride"),
  place("refreshOverrideFragments", "sceneTypeId", "SceneType"),
  place("refreshOverrideFragments", "targetId", "Character", () => ({ scope: "CHARACTER" })),
  place("refreshMachine", "id", "Machine"),
  place("removeCharacterImages", "characterId", "Character", () => ({ assetIds: [] })),
  place("removeCharacterImages", "assetIds.0", "Asset", (own) => ({ characterId: own.Character })),
  place("removeMachine", "id", "Machine"),
  place("renameCharacterGroup", "id", "CharacterGroup", () => ({ name: "x" })),
  place("reorderCharacterImages", "characterId", "Character", (own) => ({ assetIds: [own.Asset] })),
  place("reorderCharacterImages", "assetIds.0", "Asset", (own) => ({ characterId: own.Character })),
  place("renamePreset", "id", "Preset", () => ({ name: "x" })),
  place("renameResolutionPreset", "id", "ResolutionPreset", () => ({ name: "x" })),
  place("drainMachine", "id", "Machine"),
  place("reorderJob", "id", "Job"),
  place("reorderJob", "before", "Job", (own) => ({ id: own.Job })),
  place("resumeJob", "id", "Job"),
  place("resumeQueue", "machineId", "Machine"),
  place("retryJob", "id", "Job"),
  place("retryJob", "runIds.0", "Run", (own) => ({ id: own.Job })),
  place("savePreset", "promptPresetId", "Preset", () => ({
    kind: "SETTINGS",
    category: "IMAGE_GEN",
    name: "x",
    content: {},
  })),
  place("setJobPriority", "id", "Job", () => ({ priority: 1 })),
  place("setProjectLibraries", "projectId", "Project", () => ({ libraryIds: [] })),
  place("setProjectLibraries", "libraryIds.0", "Library", (own) => ({ projectId: own.Project })),
  place("setPromptOverrides", "sceneTypeId", "SceneType", overridesOf),
  place("setPromptOverrides", "targetId", "Character", overridesOf),
  place("setPromptOverrides", "overrides.0.slotId", "PromptSlot", overridesOf),
  place("setPromptOverrides", "overrides.0.fragments.0.fragmentId", "Fragment", overridesOf),
  place("setScenePromptDefaults", "sceneTypeId", "SceneType", () => ({ defaults: [] })),
  place("setScenePromptDefaults", "defaults.0.slotId", "PromptSlot", (own) => ({
    sceneTypeId: own.SceneType,
    defaults: [{ slotId: own.PromptSlot, text: "x" }],
  })),
  place("setScenePromptDefault", "sceneTypeId", "SceneType", (own) => ({ slotId: own.PromptSlot, text: "x" })),
  place("setScenePromptDefault", "slotId", "PromptSlot", (own) => ({ sceneTypeId: own.SceneType, text: "x" })),
  place("submitJob", "workflowId", "Workflow"),
  place("submitJob", "workflowVersionId", "WorkflowVersion", (own) => ({ workflowId: own.Workflow })),
  place("submitJob", "projectId", "Project", (own) => ({ workflowId: own.Workflow })),
  {
    ...place("submitJob", "inputs.0.assetId", "Asset", (own, { pictureWorkflowId }) => ({
      workflowId: pictureWorkflowId,
      params: { image: own.Asset },
    })),
    looksFirst: true,
  },
  place("unpinFragment", "fragmentId", "Fragment", (own) => ({ sceneTypeId: own.SceneType })),
  place("unpinFragment", "sceneTypeId", "SceneType", (own) => ({ fragmentId: own.Fragment })),
  place("updateCharacter", "id", "Character"),
  place("updateOverrideTemplate", "id", "OverrideTemplate"),
  place("updateOverrideTemplate", "fragments.0.fragmentId", "Fragment", (own) => ({
    id: own.OverrideTemplate,
    ...entriesOf(own),
  })),
  place("updateFragments", "ids.0", "Fragment"),
  place("updateFragment", "id", "Fragment"),
  place("updateLibrary", "id", "Library"),
  place("updateMachine", "id", "Machine"),
  place("updatePromptSlot", "id", "PromptSlot"),
  place("updateSceneType", "id", "SceneType"),
  place("updateWorkflow", "id", "Workflow"),
  place("addWorkflowParameter", "workflowId", "Workflow", () => ({
    key: "size",
    type: "INT",
    bindings: [{ nodeId: "1", inputName: "width" }],
  })),
  place("updateWorkflowParameter", "workflowId", "Workflow", () => ({ key: "steps" })),
  place("removeWorkflowParameter", "workflowId", "Workflow", () => ({ key: "steps" })),
  place("reorderWorkflowParameters", "workflowId", "Workflow", () => ({ keys: ["steps"] })),
  place("resetWorkflowParameters", "workflowId", "Workflow"),
  place("setOutputKinds", "workflowId", "Workflow", () => ({ kinds: [] })),
  place("setStageTemplate", "workflowId", "Workflow"),
  place("setWorkflowStatus", "id", "Workflow", () => ({ status: "DRAFT" })),
  place("upgradeSceneType", "id", "SceneType"),
  place("upgradeSceneType", "workflowVersionId", "WorkflowVersion", (own) => ({ id: own.SceneType })),
];
