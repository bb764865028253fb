import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { strategyHelp, strategyLabels } from "#features/prompts/scene-types/strategies.ts";
import { Tooltip } from "#ui/tooltip.tsx";

const StrategySummaryFields = graphql(`
  fragment StrategySummary on SceneType {
    id
    generationStrategy
    expectedChunks
    chunkOutputPattern
    targetDurationSecs
    segmentDurationSecs
    durationToleranceSecs
  }
`);

/** Who makes a long take, out of how many pieces, and how long it gets. */
export function StrategySummary({ sceneType: source }: { sceneType: FragmentType<typeof StrategySummaryFields> }) {
  const sceneType = readFragment(StrategySummaryFields, source);
  const { targetDurationSecs: target, segmentDurationSecs: segment, durationToleranceSecs: tolerance } = sceneType;
  const isManaged = sceneType.generationStrategy === "WORKFLOW_MANAGED";
  const facts = [
    isManaged && sceneType.expectedChunks && plural(sceneType.expectedChunks, "chunk"),
    target && `${target} s`,
    !isManaged && segment && `in segments of ${segment} s`,
    tolerance && `± ${tolerance} s`,
  ].filter(Boolean);
  return (
    <>
      <Tooltip content={strategyHelp[sceneType.generationStrategy]}>
        <span>{strategyLabels[sceneType.generationStrategy]}</span>
      </Tooltip>
      {facts.length > 0 && <span>{facts.join(", ")}</span>}
      {isManaged && sceneType.chunkOutputPattern && (
        <code className="font-mono text-sm">{sceneType.chunkOutputPattern}</code>
      )}
    </>
  );
}
