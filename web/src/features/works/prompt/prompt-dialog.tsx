"use client";

import { type FormEvent, useId, useMemo, useState } from "react";
import { parseObject, writeObject } from "#features/works/prompt/json-object.ts";
import { PromptChecks } from "#features/works/prompt/prompt-checks.tsx";
import { AppendPromptVersion } from "#features/works/prompt/prompt-operations.ts";
import { usePromptCheck } from "#features/works/prompt/use-prompt-check.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { mayLeave, useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { PromptEditor } from "#ui/prompt-editor/prompt-editor.tsx";
import { Textarea } from "#ui/textarea.tsx";
import { toast } from "#ui/toast.tsx";

const EditedPromptVersion = graphql(`
  fragment EditedPromptVersion on PromptVersion {
    id
    number
    model
    template
    parameters
    metadata
  }
`);

interface Props {
  promptId: string;
  /** What the new version starts from. */
  version: FragmentType<typeof EditedPromptVersion>;
  onClose: () => void;
}

/** Writes the next version of a prompt; the server says what is wrong with it while it is written. */
export function PromptDialog({ promptId, version: source, onClose }: Props) {
  // What was opened stays the base, though somebody may append another version meanwhile.
  const [opened] = useState(() => readFragment(EditedPromptVersion, source));
  const [initial] = useState(() => ({
    model: opened.model,
    template: opened.template,
    parameters: writeObject(opened.parameters),
    metadata: writeObject(opened.metadata),
  }));
  const [values, setValues] = useState(initial);
  const { run, isPending, failure } = useAction(AppendPromptVersion);
  const set = (field: keyof typeof values, text: string) => setValues((before) => ({ ...before, [field]: text }));
  const parameters = parseObject(values.parameters);
  const metadata = parseObject(values.metadata);
  const names = "value" in parameters ? Object.keys(parameters.value) : [];
  const { check, models } = usePromptCheck(values.template, names, values.model);
  const known = check?.known.join(" ");
  const vocabulary = useMemo(
    () => ({ placeholders: known?.split(" ").map((key) => ({ key })) ?? null, libraryKeys: null, isTemplate: true }),
    [known],
  );
  const isChanged = JSON.stringify(values) !== JSON.stringify(initial);
  useUnsavedGuard(isChanged);
  const modelsId = useId();
  const checksId = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!("value" in parameters) || !("value" in metadata)) return;
    const input = { promptId, model: values.model, template: values.template };
    const payload = await run({ input: { ...input, parameters: parameters.value, metadata: metadata.value } });
    if (!payload) return;
    toast.success(`Version ${payload.promptVersion.number} holds now`);
    onClose();
  };
  const unknown = check?.warnings.find(({ code }) => code === "MODEL_UNKNOWN");
  const isWrong = (check?.problems.length ?? 0) > 0 || issueFor(failure, "template") !== undefined;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && mayLeave() && onClose()}
      title="Edit prompt"
      description={`Saving appends a version; version ${opened.number} stays as it is.`}
      className="max-w-4xl"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field
          label="Model"
          {...(unknown && { help: <span className="text-warn">{unknown.message}</span> })}
          error={issueFor(failure, "model")}
          className="max-w-md"
        >
          <Input required list={modelsId} value={values.model} onChange={(event) => set("model", event.target.value)} />
        </Field>
        <datalist id={modelsId}>
          {models.map((model) => (
            <option key={model} value={model}>
              {model}
            </option>
          ))}
        </datalist>
        <div>
          <p className="mb-1 font-medium text-ink-2">Template</p>
          <PromptEditor
            label="Template"
            value={values.template}
            vocabulary={vocabulary}
            isInvalid={isWrong}
            describedBy={checksId}
            onValueChange={(text) => set("template", text)}
          />
          <div id={checksId}>
            <PromptChecks check={check} refused={issueFor(failure, "template")} />
          </div>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Parameters"
            help="JSON: temperature, max_tokens, part_characters and variables of your own"
            error={parameters.problem ?? issueFor(failure, "parameters")}
          >
            <Textarea
              className="font-mono text-base"
              value={values.parameters}
              onChange={(event) => set("parameters", event.target.value)}
            />
          </Field>
          <Field
            label="Metadata"
            help="JSON: what is to be noted down, such as why it changes"
            error={metadata.problem ?? issueFor(failure, "metadata")}
          >
            <Textarea
              className="font-mono text-base"
              value={values.metadata}
              onChange={(event) => set("metadata", event.target.value)}
            />
          </Field>
        </div>
        <FailureNotice failure={failure} shownFields={["model", "template", "parameters", "metadata"]} />
        <DialogActions>
          <Button variant="quiet" onClick={() => mayLeave() && onClose()}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending} disabled={!isChanged}>
            Save new version
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
