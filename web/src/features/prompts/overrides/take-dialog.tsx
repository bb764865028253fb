"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { toast } from "#ui/toast.tsx";
import { graphql } from "#gql/gql.ts";
import type { InputKind } from "#gql/graphql.ts";
import { AssetInput } from "#lib/graphql/asset-input.tsx";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { SeedInput } from "#ui/seed-input.tsx";

const GenerateTake = graphql(`
  mutation GenerateTake($input: GenerateTakeInput!) {
    generateTake(input: $input) {
      __typename
      ... on GenerateTakePayload {
        take {
          id
        }
        job {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  sceneTypeId: string;
  characterId: string;
  inputKind: InputKind;
  onClose: () => void;
}

/** Queues a take with what is saved; unsaved texts are not part of it. */
export function TakeDialog({ sceneTypeId, characterId, inputKind, onClose }: Props) {
  const router = useRouter();
  const [inputAssetId, setInputAssetId] = useState<string | null>(null);
  const [seed, setSeed] = useState("");
  const [allowUnresolved, setAllowUnresolved] = useState(false);
  const { run, isPending, failure } = useAction(GenerateTake);
  const attempt = useRef({ content: "", key: "" });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = {
      sceneTypeId,
      characterId,
      allowUnresolved,
      ...(inputAssetId && { inputAssetId }),
      ...(seed && { seed }),
    };
    const content = JSON.stringify(input);
    if (attempt.current.content !== content) attempt.current = { content, key: uniqueKey() };
    const payload = await run({ input: { ...input, idempotencyKey: attempt.current.key } });
    if (!payload) return;
    toast.success("Take queued", {
      description: payload.job.name,
      action: { label: "Open job", onClick: () => router.push(`/jobs/${encodeURIComponent(payload.job.id)}`) },
    });
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Generate a take"
      description="Uses the prompts as they are saved."
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {inputKind !== "NONE" && (
          <Field
            label={inputKind === "IMAGE" ? "Reference image" : "Reference video"}
            error={issueFor(failure, "inputAssetId")}
          >
            <AssetInput kind={inputKind === "IMAGE" ? "image" : "video"} onAssetChange={setInputAssetId} />
          </Field>
        )}
        <Field label="Seed" help="Empty: a random one" error={issueFor(failure, "seed")}>
          <SeedInput value={seed} onValueChange={setSeed} />
        </Field>
        <Checkbox
          label="Allow unresolved placeholders"
          help="Without this, a {key} that has no value stops the take."
          checked={allowUnresolved}
          onCheckedChange={setAllowUnresolved}
        />
        <FailureNotice failure={failure} shownFields={["inputAssetId", "seed"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Generate
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
