"use client";

import { PictureField } from "#lib/graphql/pictures/picture-field.tsx";
import { SavedText } from "#lib/graphql/saved-text.tsx";
import { UpdateScene } from "#features/stories/scene-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Panel } from "#ui/panel.tsx";

const EndStateFields = graphql(`
  fragment EndState on Scene {
    id
    endStateSummary
    endFrame {
      id
      ...PictureFields
    }
  }
`);

interface Props {
  scene: FragmentType<typeof EndStateFields>;
  projectId: string;
}

/** How the scene leaves everything, in a picture and in words: the next one begins there. */
export function EndState({ scene, projectId }: Props) {
  const { id, endStateSummary, endFrame } = readFragment(EndStateFields, scene);
  const update = useAction(UpdateScene);
  return (
    <Panel title="How it ends">
      <div className="flex flex-col gap-4">
        <PictureField
          label="End frame"
          image={endFrame ?? null}
          aspect="aspect-video"
          projectId={projectId}
          onChange={(endFrameId) => update.attempt({ input: { id, endFrameId } })}
        />
        <SavedText
          key={id}
          label="End state"
          help="The next scene shows it above its assets."
          placeholder="Who is where, and in which state."
          value={endStateSummary ?? ""}
          onSave={(text) => update.attempt({ input: { id, endStateSummary: text.trim() ? text : null } })}
        />
      </div>
    </Panel>
  );
}
