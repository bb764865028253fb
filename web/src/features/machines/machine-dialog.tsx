"use client";

import { type FormEvent, useState } from "react";
import { AddMachine, UpdateMachine } from "#features/machines/machine-operations.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

export interface MachineValues {
  id: string;
  name: string;
  url: string;
  pools: readonly string[];
  labels: readonly string[];
  concurrency: number;
}

interface Props {
  /** Left out: a new one. */
  machine?: MachineValues;
  onClose: () => void;
}

const wordsIn = (text: string): string[] =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);

export function MachineDialog({ machine, onClose }: Props) {
  const [name, setName] = useState(machine?.name ?? "");
  const [url, setUrl] = useState(machine?.url ?? "");
  const [pools, setPools] = useState((machine?.pools ?? ["default"]).join(", "));
  const [labels, setLabels] = useState((machine?.labels ?? []).join(", "));
  const [concurrency, setConcurrency] = useState(String(machine?.concurrency ?? 1));
  const [apiKey, setApiKey] = useState("");
  const add = useAction(AddMachine);
  const update = useAction(UpdateMachine);
  const failure = add.failure ?? update.failure;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const values = {
      name: name.trim(),
      url: url.trim(),
      pools: wordsIn(pools),
      labels: wordsIn(labels),
      concurrency: Number(concurrency),
      ...(apiKey && { apiKey }),
    };
    const payload = machine
      ? await update.run({ input: { id: machine.id, ...values } })
      : await add.run({ input: values });
    if (payload) onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={machine ? `Edit ${machine.name}` : "Add a machine"}
      className="max-w-md"
    >
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={issueFor(failure, "name")}>
          <Input required autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Address" error={issueFor(failure, "url")}>
          <Input
            required
            type="url"
            inputMode="url"
            placeholder="http://192.168.1.20:8188"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Pools" help="Separated by commas" error={issueFor(failure, "pools")}>
            <Input value={pools} onChange={(event) => setPools(event.target.value)} />
          </Field>
          <Field label="Runs at once" error={issueFor(failure, "concurrency")}>
            <Input type="number" min={1} value={concurrency} onChange={(event) => setConcurrency(event.target.value)} />
          </Field>
        </div>
        <Field
          label="Labels"
          help="What it is good for, such as gpu-24g or fast, separated by commas; jobs can ask for them"
          error={issueFor(failure, "labels")}
        >
          <Input value={labels} onChange={(event) => setLabels(event.target.value)} />
        </Field>
        <Field
          label="API key"
          help={machine ? "Empty: the stored one stays" : "Only if the server asks for one"}
          error={issueFor(failure, "apiKey")}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={apiKey}
            onChange={(event) => setApiKey(event.target.value)}
          />
        </Field>
        <FailureNotice failure={failure} shownFields={["name", "url", "pools", "labels", "concurrency", "apiKey"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={add.isPending || update.isPending}>
            {machine ? "Save machine" : "Add machine"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
