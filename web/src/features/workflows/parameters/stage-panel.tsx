import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { formatSeconds, plural } from "#lib/format.ts";
import { Disclosure } from "#ui/disclosure.tsx";
import { Facts } from "#ui/facts.tsx";
import { Panel } from "#ui/panel.tsx";

const StagePanelFields = graphql(`
  fragment StagePanel on Workflow {
    id
    clips {
      key
      number
      label
      nodeId
      inputName
    }
    timing {
      fps
      framesPerStage
      durationSecs
    }
    stageTemplate {
      maxStages
      seedMode
      stages {
        nodes
        inlets {
          nodeId
          inputName
          port
        }
        outlets {
          nodeId
          output
          port
        }
        prompts {
          nodeId
          inputName
        }
        seeds {
          nodeId
          inputName
        }
      }
    }
  }
`);

const seedModes = { SAME: "All stages have the same seed", INCREMENT: "Each stage has the next seed" } as const;

/** Clips and stages of a workflow that makes a longer take; nothing for any other. */
export function StagePanel(props: { workflow: FragmentType<typeof StagePanelFields> }) {
  const { clips, timing, stageTemplate } = readFragment(StagePanelFields, props.workflow);
  if (clips.length === 0 && !stageTemplate) return null;
  return (
    <Panel title="Clips and stages">
      <div className="grid gap-6 sm:grid-cols-2">
        <Facts
          facts={[
            ["Frame rate", timing.fps != null && `${timing.fps} frames a second`],
            ["Stage", timing.framesPerStage != null && plural(timing.framesPerStage, "frame")],
            ["Length", timing.durationSecs != null && formatSeconds(timing.durationSecs)],
            [
              "Stages",
              stageTemplate && `${stageTemplate.stages.length} in the graph, up to ${stageTemplate.maxStages} in a job`,
            ],
            ["Seeds", stageTemplate && seedModes[stageTemplate.seedMode]],
          ].map(([name, value]) => [String(name), value || null] as const)}
        />
        {clips.length > 0 && (
          <ol aria-label="Clips" className="divide-y border-y">
            {clips.map(({ key, label, nodeId, inputName }) => (
              <li key={key} className="flex items-baseline justify-between gap-3 py-1.5">
                <span className="font-medium">{label}</span>
                <code className="truncate font-mono text-sm text-ink-3">{`${key} → ${nodeId}.${inputName}`}</code>
              </li>
            ))}
          </ol>
        )}
      </div>
      {stageTemplate && (
        <Disclosure title="How a stage is made" className="mt-3">
          <ol className="flex flex-col gap-4">
            {stageTemplate.stages.map((stage, index) => (
              <li key={stage.nodes.join()}>
                <p className="mb-1 font-medium">{`Stage ${index + 1}`}</p>
                <Facts
                  facts={[
                    ["Nodes", stage.nodes.join(", ")],
                    ["Comes in", stage.inlets.map((each) => `${each.port} at ${placeOf(each)}`).join(", ")],
                    ["Goes out", stage.outlets.map((each) => `${each.port} from ${each.nodeId}`).join(", ")],
                    ["Prompts", stage.prompts.map(placeOf).join(", ")],
                    ["Seeds", stage.seeds.map(placeOf).join(", ")],
                  ]}
                />
              </li>
            ))}
          </ol>
        </Disclosure>
      )}
    </Panel>
  );
}

const placeOf = ({ nodeId, inputName }: { nodeId: string; inputName: string }): string => `${nodeId}.${inputName}`;
