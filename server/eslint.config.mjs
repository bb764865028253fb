// Lints the printed schema only; code is checked by oxlint. See docs/decisions/schema-rules.md.
import graphql from "@graphql-eslint/eslint-plugin";

/** Types without an identity: caches keep them as parts of the object that holds them. */
const valueTypes = [
  "BoundaryCandidate",
  "OutputKind",
  "TakeChange",
  "TakeState",
  "Timeline",
  "TimelineClip",
  "EffectivePromptDefault",
  "FacetCount",
  "FragmentFacets",
  "FragmentSuggestion",
  "FragmentsChange",
  "PromptDifference",
  "TakeVariant",
  "VariantSlotText",
  "VariantText",
  "AppliedFragment",
  "Clip",
  "FieldIssue",
  "FragmentEntry",
  "ImportReport",
  "LibraryApplication",
  "LlmStatus",
  "LostSlot",
  "MachineValidation",
  "NodeChange",
  "OrphanedParameter",
  "OrphanedSlot",
  "PageInfo",
  "ParameterBinding",
  "ParameterChange",
  "ParameterCondition",
  "ParameterUi",
  "PlannedRun",
  "Pool",
  "QueueEvent",
  "ResolvedPromptSlot",
  "ResolvedPromptSnapshot",
  "RunCounts",
  "SavedWorkflow",
  "SceneTypeUpgradeReport",
  "SlotChange",
  "Stage",
  "StageInlet",
  "StageOutlet",
  "StageTemplate",
  "SystemStatus",
  "TextSpan",
  "ValidationItem",
  "ValueChange",
  "WorkflowDryRun",
  "WorkflowParameter",
  "WorkflowTiming",
  "WorkflowVersionDiff",
];

export default [
  {
    files: ["schema.graphql"],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: "schema.graphql" } } },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      // As recommended, but for the ban on the suffix "Type": a scene type is called that.
      "@graphql-eslint/naming-convention": [
        "error",
        {
          types: "PascalCase",
          FieldDefinition: "camelCase",
          InputValueDefinition: "camelCase",
          Argument: "camelCase",
          DirectiveDefinition: "camelCase",
          EnumValueDefinition: "UPPER_CASE",
          "FieldDefinition[parent.name.value=Query]": {
            forbiddenPrefixes: ["query", "get"],
            forbiddenSuffixes: ["Query"],
          },
          "FieldDefinition[parent.name.value=Mutation]": {
            forbiddenPrefixes: ["mutation"],
            forbiddenSuffixes: ["Mutation"],
          },
          "FieldDefinition[parent.name.value=Subscription]": {
            forbiddenPrefixes: ["subscription"],
            forbiddenSuffixes: ["Subscription"],
          },
        },
      ],
      "@graphql-eslint/require-description": [
        "error",
        { types: true, FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true, rootField: true },
      ],
      // Lists of other types are ours on purpose: small bounded sets are plain lists, and connections have `nodes`.
      "@graphql-eslint/relay-edge-types": [
        "error",
        { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
      ],
      "@graphql-eslint/strict-id-in-types": [
        "error",
        { exceptions: { types: valueTypes, suffixes: ["Payload", "Error", "Connection", "Edge"] } },
      ],
    },
  },
];
