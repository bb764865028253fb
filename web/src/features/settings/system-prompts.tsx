"use client";

import { useState } from "react";
import { SetSystemPrompt, type SystemPrompt } from "#features/settings/system-prompt-operations.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { Textarea } from "#ui/textarea.tsx";
import { toast } from "#ui/toast.tsx";

const labels: Record<SystemPrompt["purpose"], string> = {
  CAPTION: "How pictures are described",
  MOTION: "How motion prompts are written",
};

const variables: readonly [name: string, meaning: string][] = [
  ["fps", "frames a second"],
  ["frames", "frames of one clip"],
  ["duration", "its seconds"],
  ["mid", "the second at its half"],
  ["end", "the second at its end"],
  ["clips", "how many clips follow each other"],
];

/** What a language model is told before it is asked; for ADMIN. */
export function SystemPrompts({ prompts }: { prompts: readonly SystemPrompt[] }) {
  return (
    <div className="flex w-full flex-col gap-4">
      <p className="text-ink-2">
        What the model is told for auto-prompts. The workflow's timing takes the place of{" "}
        {variables.map(([name, meaning], index) => (
          <span key={name}>
            {index > 0 && ", "}
            <code className="font-mono text-sm">{`{${name}}`}</code> ({meaning})
          </span>
        ))}
        .
      </p>
      {prompts.map((prompt) => (
        <SystemPromptField key={prompt.purpose} prompt={prompt} />
      ))}
    </div>
  );
}

function SystemPromptField({ prompt: { purpose, text, isEdited } }: { prompt: SystemPrompt }) {
  const [typed, setTyped] = useState<string | null>(null);
  const action = useAction(SetSystemPrompt);
  const label = labels[purpose];
  const save = async (next: string | null) => {
    if (!(await action.run({ input: { purpose, text: next } }))) return;
    setTyped(null);
    toast.success(next === null ? `${label}: as usual again` : `${label}: saved`);
  };
  const isChanged = typed !== null && typed !== text;
  return (
    <form
      noValidate
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) void save(typed);
      }}
    >
      <Field
        label={label}
        aside={isEdited ? <Badge tone="calm">Edited</Badge> : <Badge>As usual</Badge>}
        error={issueFor(action.failure, "text")}
      >
        <Textarea
          className="text-base leading-5"
          maxLength={20_000}
          value={typed ?? text}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      <FailureNotice failure={action.failure} shownFields={["text"]} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="sm" disabled={!isChanged} isPending={action.isPending}>
          Save
        </Button>
        {isChanged && (
          <Button size="sm" variant="quiet" onClick={() => setTyped(null)}>
            Discard
          </Button>
        )}
        {isEdited && (
          <Button size="sm" variant="quiet" disabled={action.isPending} onClick={() => void save(null)}>
            Back to the usual
          </Button>
        )}
      </div>
    </form>
  );
}
