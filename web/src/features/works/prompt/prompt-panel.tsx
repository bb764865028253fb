"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { PromptDialog } from "#features/works/prompt/prompt-dialog.tsx";
import { PromptHistory } from "#features/works/prompt/prompt-history.tsx";
import { RenameWorkPrompt } from "#features/works/prompt/prompt-operations.ts";
import { PromptVersionFacts } from "#features/works/prompt/prompt-version-facts.tsx";
import { SeedPrompt } from "#features/works/prompt/seed-prompt.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { SavedText } from "#lib/graphql/saved-text.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";

const WorkPromptPanelFields = graphql(`
  fragment WorkPromptPanel on Work {
    id
    prompt {
      id
      name
      latestVersion {
        id
        number
        ...PromptVersionFacts
        ...EditedPromptVersion
      }
      ...PromptHistory
    }
  }
`);

/** How a work is translated: the version that holds, and those before it. */
export function PromptPanel(props: { work: FragmentType<typeof WorkPromptPanelFields> }) {
  const { id, prompt } = readFragment(WorkPromptPanelFields, props.work);
  const [isEditing, setIsEditing] = useState(false);
  const { attempt } = useAction(RenameWorkPrompt);
  if (!prompt)
    return (
      <Panel title="Prompt">
        <SeedPrompt workId={id} />
      </Panel>
    );
  const { latestVersion } = prompt;
  return (
    <div className="flex min-w-0 flex-col gap-8">
      <Panel
        title={`Prompt, version ${latestVersion.number}`}
        actions={
          <Button needs="CREATOR" size="sm" onClick={() => setIsEditing(true)}>
            <Pencil aria-hidden />
            Edit prompt
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <SavedText
            label="Name"
            isSingleLine
            value={prompt.name}
            onSave={(name) => attempt({ input: { id: prompt.id, name } })}
          />
          <PromptVersionFacts version={latestVersion} />
        </div>
      </Panel>
      <Panel title="History">
        <PromptHistory prompt={prompt} />
      </Panel>
      {isEditing && <PromptDialog promptId={prompt.id} version={latestVersion} onClose={() => setIsEditing(false)} />}
    </div>
  );
}
