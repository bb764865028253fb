"use client";

import { Ban, EllipsisVertical, ListPlus, Play } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { CancelTake, ExtendTake, ResumeTake } from "#features/gallery/takes/take-operations.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DropdownMenu, MenuItem } from "#ui/dropdown-menu.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";

interface ActedTake {
  id: string;
  name: string;
  status: string;
  segments: readonly { status: string }[];
}

/** How a take goes on, or does not: resume, extend, cancel. */
export function TakeActions({ take }: { take: ActedTake }) {
  const [dialog, setDialog] = useState<"extend" | "cancel" | null>(null);
  const resume = useAction(ResumeTake);
  const isOpen = take.status === "GENERATING" || take.status === "PENDING";
  const isUnfinished = take.segments.some(({ status }) => status !== "DONE");
  const canResume =
    take.status === "FAILED" || take.status === "CANCELED" || (take.status === "REJECTED" && isUnfinished);
  const canExtend = take.status === "REVIEW" && take.segments.length > 0;
  if (!isOpen && !canResume && !canExtend) return null;
  const go = async () => {
    if (await resume.run({ input: { takeId: take.id } })) toast.success(`The take of ${take.name} goes on`);
  };
  return (
    <>
      {resume.failure && (
        <span role="alert" className="text-bad">
          {resume.failure.message}
        </span>
      )}
      <DropdownMenu
        trigger={
          <IconButton
            label={`Actions for the take of ${take.name}`}
            isPending={resume.isPending}
            icon={<EllipsisVertical />}
          />
        }
      >
        <MenuItem needs="CREATOR" icon={<Play />} disabled={!canResume} onSelect={() => void go()}>
          Resume
        </MenuItem>
        <MenuItem needs="CREATOR" icon={<ListPlus />} disabled={!canExtend} onSelect={() => setDialog("extend")}>
          Extend…
        </MenuItem>
        <MenuItem
          needs="CREATOR"
          icon={<Ban />}
          disabled={!isOpen}
          isDangerous={isOpen}
          onSelect={() => setDialog("cancel")}
        >
          Cancel…
        </MenuItem>
      </DropdownMenu>
      {dialog === "extend" && <ExtendDialog take={take} onClose={() => setDialog(null)} />}
      {dialog === "cancel" && <CancelDialog take={take} onClose={() => setDialog(null)} />}
    </>
  );
}

interface DialogProps {
  take: ActedTake;
  onClose: () => void;
}

function ExtendDialog({ take, onClose }: DialogProps) {
  const [more, setMore] = useState("1");
  const { run, isPending, failure } = useAction(ExtendTake);
  const number = Number(more);
  const extend = async () => {
    if (!(await run({ input: { takeId: take.id, segments: Number.isInteger(number) ? number : 0 } }))) return;
    toast.success(`${plural(number, "more segment")} of ${take.name}`);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Extend the take of ${take.name}?`}
      confirmLabel="Extend"
      isPending={isPending}
      onConfirm={() => void extend()}
    >
      <p>
        {`It has ${plural(take.segments.length, "segment")}. More are rendered from its last frame, then the clip is joined again and comes back for review.`}
      </p>
      <Field label="Segments more">
        <Input type="number" min={1} max={500} value={more} onChange={(event) => setMore(event.target.value)} />
      </Field>
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}

function CancelDialog({ take, onClose }: DialogProps) {
  const { run, isPending, failure } = useAction(CancelTake);
  const done = take.segments.filter(({ status }) => status === "DONE" || status === "WAITING").length;
  const cancel = async () => {
    if (await run({ input: { takeId: take.id } })) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Cancel the take of ${take.name}?`}
      confirmLabel="Cancel the take"
      cancelLabel="Let it go on"
      isDangerous
      isPending={isPending}
      onConfirm={() => void cancel()}
    >
      <p>
        {take.segments.length > 1
          ? `${done} of ${plural(take.segments.length, "segment")} ${done === 1 ? "is" : "are"} done and stay; what runs now is interrupted.`
          : "Its run is interrupted."}
      </p>
      <p>Resume goes on where it was.</p>
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
