"use client";

import { SavedText } from "#lib/graphql/saved-text.tsx";
import { UpdateScene } from "#features/stories/scene-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Panel } from "#ui/panel.tsx";

const SceneScriptFields = graphql(`
  fragment SceneScript on Scene {
    id
    scriptExcerpt
  }
`);

/** The scene's part of the script. */
export function SceneScript(props: { scene: FragmentType<typeof SceneScriptFields> }) {
  const { id, scriptExcerpt } = readFragment(SceneScriptFields, props.scene);
  const update = useAction(UpdateScene);
  return (
    <Panel title="Script">
      <SavedText
        key={id}
        label="Excerpt"
        placeholder="What happens, as the script has it."
        value={scriptExcerpt}
        onSave={(text) => update.attempt({ input: { id, scriptExcerpt: text } })}
      />
    </Panel>
  );
}
