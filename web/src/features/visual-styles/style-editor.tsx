"use client";

import { useState } from "react";
import { StyleActions } from "#features/visual-styles/style-actions.tsx";
import { StyleImages } from "#features/visual-styles/style-images.tsx";
import { UpdateVisualStyle, VisualStyleFields } from "#features/visual-styles/style-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { toPicture } from "#lib/graphql/picture.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { Editable } from "#ui/editable.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Notice } from "#ui/notice.tsx";
import { PromptEditor } from "#ui/prompt-editor/prompt-editor.tsx";
import { SaveBar } from "#ui/save-bar.tsx";

interface Props {
  style: FragmentType<typeof VisualStyleFields>;
  projectId: string;
  /** Of another style of the project that is locked. */
  lockedName: string | null;
  onChanged: () => void;
}

type Texts = Partial<Record<"name" | "prompt" | "negative", string>>;

const texts = [
  { field: "prompt", label: "Text", placeholder: "What every picture is asked for with" },
  { field: "negative", label: "Negative text", placeholder: "What no picture is to have" },
] as const;

/** One style: its texts, its reference pictures, and whether the project's pictures are made in it. */
export function StyleEditor({ style: source, projectId, lockedName, onChanged }: Props) {
  const style = readFragment(VisualStyleFields, source);
  const [written, setWritten] = useState<Texts>({});
  const { run, isPending, failure } = useAction(UpdateVisualStyle);
  const count = Object.keys(written).length;
  useUnsavedGuard(count > 0);
  const write = (field: keyof Texts, text: string) =>
    setWritten(({ [field]: _before, ...others }) => (text === style[field] ? others : { ...others, [field]: text }));
  const save = async () => {
    const sent = written;
    if (!(await run({ input: { id: style.id, ...sent } }))) return;
    // What is typed while it is saved stays unsaved.
    setWritten((before) =>
      Object.fromEntries(Object.entries(before).filter(([field, text]) => sent[field as keyof Texts] !== text)),
    );
    onChanged();
  };
  return (
    <section aria-label={style.name} className="min-w-0">
      <header className="mb-4 flex flex-wrap items-start justify-between gap-2">
        <h2 className="min-w-0 text-lg break-words">{style.name}</h2>
        <StyleActions
          style={style}
          lockedName={lockedName}
          hasUnsaved={count > 0}
          onChanged={() => {
            setWritten({});
            onChanged();
          }}
        />
      </header>
      {style.isLocked && (
        <div className="mb-4">
          <Notice tone="info" title="The project’s pictures are made in this style">
            While it is locked, it can’t be changed: pictures made today and tomorrow look alike.
          </Notice>
        </div>
      )}
      <Editable needs="CREATOR">
        <div className="flex flex-col gap-4">
          <Field label="Name" error={issueFor(failure, "name")} className="max-w-md">
            <Input
              maxLength={120}
              readOnly={style.isLocked}
              value={written.name ?? style.name}
              onChange={(event) => write("name", event.target.value)}
            />
          </Field>
          {texts.map(({ field, label, placeholder }) => (
            <div key={field}>
              <p className="mb-1 font-medium text-ink-2">{label}</p>
              <PromptEditor
                label={label}
                value={written[field] ?? style[field]}
                placeholder={placeholder}
                isReadOnly={style.isLocked}
                isInvalid={issueFor(failure, field) !== undefined}
                onValueChange={(text) => write(field, text)}
              />
            </div>
          ))}
          <StyleImages
            styleId={style.id}
            projectId={projectId}
            pictures={style.images.map((image) => toPicture(image))}
            isLocked={style.isLocked}
          />
        </div>
      </Editable>
      {failure && (
        <div className="mt-3">
          <FailureNotice failure={failure} shownFields={["name"]} />
        </div>
      )}
      {!style.isLocked && (
        <SaveBar count={count} isPending={isPending} onSave={() => void save()} onDiscard={() => setWritten({})} />
      )}
    </section>
  );
}
