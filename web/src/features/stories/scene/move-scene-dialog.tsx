"use client";

import { type FormEvent, useState } from "react";
import { MoveScene } from "#features/stories/scene-operations.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface Props {
  scene: { id: string; title: string; number: number };
  sceneCount: number;
  onClose: () => void;
}

/** For places further away than one drags. */
export function MoveSceneDialog({ scene, sceneCount, onClose }: Props) {
  const [number, setNumber] = useState(String(scene.number));
  const { run, isPending, failure } = useAction(MoveScene);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await run({ input: { id: scene.id, number: Number(number) } })) onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={`Move “${scene.title}”`} className="max-w-sm">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field
          label="New number"
          help={`1 to ${sceneCount}; the scenes between make room.`}
          error={issueFor(failure, "number")}
        >
          <Input
            type="number"
            required
            autoFocus
            min={1}
            max={sceneCount}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        </Field>
        <FailureNotice failure={failure} shownFields={["number"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Move scene
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
