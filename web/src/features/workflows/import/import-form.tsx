"use client";

import { type FormEvent, useState } from "react";
import { toast } from "#ui/toast.tsx";
import { categoryOptions } from "#lib/categories.ts";
import { GraphInput } from "#features/workflows/import/graph-input.tsx";
import { type MachineFile, MachineFiles } from "#features/workflows/import/machine-files.tsx";
import { SourceFailure } from "#features/workflows/import/source-failure.tsx";
import { isAboutSource } from "#features/workflows/import/source-place.ts";
import { nameFromFile, readWorkflowFile, type WorkflowSource } from "#features/workflows/import/workflow-file.ts";
import type { ImportWorkflowInput, WorkflowCategory } from "#gql/graphql.ts";
import { type Failure, issueFor, pathOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useUpload } from "#lib/graphql/use-upload.ts";
import { Button } from "#ui/button.tsx";
import { DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Progress } from "#ui/progress.tsx";
import { Select } from "#ui/select.tsx";
import { TabPanel, Tabs } from "#ui/tabs.tsx";

interface ImportFormProps {
  initial: WorkflowSource;
  existingName?: string;
  failure: Failure | null;
  isPending: boolean;
  onSubmit: (input: ImportWorkflowInput) => void;
  onCancel: () => void;
}

const origins = [
  { value: "file", label: "A file" },
  { value: "machine", label: "From a machine" },
];

/** Where the graph comes from, what it shall be called, and what is wrong with it. */
export function ImportForm({ initial, existingName, failure, isPending, onSubmit, onCancel }: ImportFormProps) {
  const [origin, setOrigin] = useState("file");
  const [source, setSource] = useState(initial);
  const [machineFile, setMachineFile] = useState<MachineFile | null>(null);
  const [name, setName] = useState(existingName ?? initial.name);
  const [category, setCategory] = useState("");
  const [missing, setMissing] = useState<string | null>(null);
  const { upload, progress } = useUpload();
  const [uploadFailure, setUploadFailure] = useState<Failure | null>(null);
  /** Where the refused file came from: on the other tab its failure would only confuse. */
  const [sentOrigin, setSentOrigin] = useState(origin);
  const shown = origin === sentOrigin ? (uploadFailure ?? failure) : null;

  const rename = (next: string) => {
    if (!existingName) setName(next);
  };
  const takeFile = (file: File) => {
    readWorkflowFile(file).then(
      (read) => {
        setSource(read);
        rename(read.name);
      },
      (error: Error) => toast.error(error.message),
    );
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setUploadFailure(null);
    setSentOrigin(origin);
    const common = { name: name.trim(), ...(category && { category: category as WorkflowCategory }) };
    if (origin === "machine") {
      setMissing(machineFile ? null : "Choose one of the machine's saved workflows.");
      if (machineFile) onSubmit({ ...common, machineId: machineFile.machineId, machineFile: machineFile.file });
      return;
    }
    setMissing(source.media || source.text.trim() ? null : "Choose a file, drop one here, or paste a graph.");
    if (!source.media) {
      if (source.text.trim()) onSubmit({ ...common, source: source.text });
      return;
    }
    const { picture, failure: refused } = await upload(source.media);
    setUploadFailure(refused);
    if (picture) onSubmit({ ...common, assetId: picture.id });
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Tabs label="Where the workflow comes from" value={origin} onValueChange={setOrigin} tabs={origins}>
        <TabPanel value="file">
          <GraphInput
            source={source}
            isInvalid={Boolean(shown?.issues.some(isAboutSource))}
            onFile={takeFile}
            onSourceChange={setSource}
          />
        </TabPanel>
        <TabPanel value="machine">
          <div className="flex flex-col gap-3">
            <MachineFiles
              value={machineFile}
              onValueChange={(chosen) => {
                setMachineFile(chosen);
                rename(nameFromFile(chosen.file));
              }}
            />
          </div>
        </TabPanel>
      </Tabs>
      {missing && (
        <p role="alert" className="text-sm text-bad">
          {missing}
        </p>
      )}
      {progress !== null && <Progress label="Upload" value={progress} />}
      <SourceFailure failure={shown} text={origin === "file" ? source.text : ""} />
      <div className="grid gap-4 sm:grid-cols-[1fr_200px]">
        <Field
          label="Name"
          error={issueFor(shown, "name")}
          {...(existingName && { help: "The import becomes this workflow's next version." })}
        >
          <Input
            required
            value={name}
            readOnly={Boolean(existingName)}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Category" error={issueFor(shown, "category")}>
          <Select
            value={category}
            onValueChange={setCategory}
            options={[{ value: "", label: "Tell from the graph" }, ...categoryOptions]}
          />
        </Field>
      </div>
      {!(shown && shown.issues.length > 0 && shown.issues.every(isAboutSource)) && (
        <FailureNotice
          failure={shown}
          shownFields={["name", "category", ...(shown?.issues.filter(isAboutSource).map(pathOf) ?? [])]}
        />
      )}
      <DialogActions>
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="primary"
          autoFocus={initial.text !== "" || Boolean(initial.media)}
          isPending={isPending || progress !== null}
        >
          Import
        </Button>
      </DialogActions>
    </form>
  );
}
