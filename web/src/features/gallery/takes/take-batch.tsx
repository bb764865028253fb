"use client";

import { Check, X } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import type { TakeRow } from "#features/gallery/takes/read-take.ts";
import { canJudge, ReviewTake } from "#features/gallery/use-review.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useEachAction } from "#lib/graphql/use-each-action.ts";
import type { Selection } from "#lib/hooks/use-selection.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { ProjectAccess, sayWhatStays, useProjectRefusal } from "#ui/project-access.tsx";
import { Textarea } from "#ui/textarea.tsx";

type Verdict = "APPROVED" | "REJECTED";

/** What can be said of all selected takes at once. */
export function TakeBatch({ selection }: { selection: Selection<TakeRow> }) {
  const { selected, state, setAll } = selection;
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const { own, foreign } = useOwn(selected);
  const of = (word: Verdict) => own.filter((take) => canJudge(take) && take.status !== word).length;
  const clear = () => setAll(false);
  return (
    <div
      role="toolbar"
      aria-label="Selected takes"
      className="sticky bottom-8 z-10 -mx-3 flex flex-wrap items-center gap-2 border-t bg-bg px-3 py-2 max-md:bottom-14 sm:-mx-6 sm:px-6"
    >
      <p role="status" className="grow text-accent-ink max-sm:basis-full">
        {`${plural(selected.length, "take")} selected`}
      </p>
      {state === "some" && (
        <Button variant="quiet" onClick={() => setAll(true)}>
          Select all that are loaded
        </Button>
      )}
      <ProjectAccess role={own.length === 0 ? foreign[0]?.character.project.viewerRole : null}>
        <Button needs="CREATOR" disabled={of("APPROVED") === 0} onClick={() => setVerdict("APPROVED")}>
          <Check aria-hidden />
          {`Approve ${of("APPROVED")}…`}
        </Button>
        <Button needs="CREATOR" disabled={of("REJECTED") === 0} onClick={() => setVerdict("REJECTED")}>
          <X aria-hidden />
          {`Reject ${of("REJECTED")}…`}
        </Button>
      </ProjectAccess>
      <IconButton label="Select none" icon={<X />} onClick={clear} />
      {verdict && (
        <BatchDialog
          verdict={verdict}
          takes={selected}
          onClose={() => setVerdict(null)}
          onDone={() => {
            setVerdict(null);
            clear();
          }}
        />
      )}
    </div>
  );
}

/** The takes of projects in which the person may change something, and the others. */
function useOwn(takes: readonly TakeRow[]) {
  const refusalIn = useProjectRefusal();
  const isOwn = ({ character }: TakeRow) => refusalIn("CREATOR", character.project.viewerRole) === null;
  return { own: takes.filter(isOwn), foreign: takes.filter((take) => !isOwn(take)) };
}

interface BatchDialogProps {
  verdict: Verdict;
  takes: readonly TakeRow[];
  onClose: () => void;
  onDone: () => void;
}

/** Says in numbers what the verdict changes, and takes a note for all. */
function BatchDialog({ verdict, takes, onClose, onDone }: BatchDialogProps) {
  const [note, setNote] = useState("");
  const { run, isPending, failure, refused } = useEachAction(ReviewTake);
  const { own, foreign } = useOwn(takes);
  const [judged] = useState(() => own.filter((take) => canJudge(take) && take.status !== verdict));
  const count = (status: string) => judged.filter((take) => take.status === status).length;
  const left = own.length - judged.length;
  const [verb, done] = verdict === "APPROVED" ? ["Approve", "approved"] : ["Reject", "rejected"];
  const other = verdict === "APPROVED" ? "REJECTED" : "APPROVED";
  const send = async () => {
    const text = note.trim();
    const payloads = await run(
      judged.map(({ id }) => ({ input: { takeId: id, verdict, ...(text && { note: text }) } })),
    );
    if (payloads.length > 0) toast.success(`${plural(payloads.length, "take")} ${done}`);
    if (payloads.length === judged.length) onDone();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`${verb} ${plural(judged.length, "take")}?`}
      confirmLabel={`${verb} ${plural(judged.length, "take")}`}
      isDangerous={verdict === "REJECTED"}
      isPending={isPending}
      onConfirm={() => void send()}
    >
      <p>
        {[
          count("REVIEW") > 0 && `${count("REVIEW")} to review`,
          count(other) > 0 && `${count(other)} that ${count(other) === 1 ? "was" : "were"} ${other.toLowerCase()}`,
        ]
          .filter(Boolean)
          .join(", ")}
        {left > 0 && `; ${left} of the selected stay${left === 1 ? "s" : ""}: ${done} already, or not rendered yet`}.
      </p>
      {foreign.length > 0 && <p>{sayWhatStays(foreign.length)}</p>}
      <p>
        {verdict === "APPROVED"
          ? "Approved takes go into the project's timeline, and no clean-up takes their files."
          : "Rejected takes stay in the list; a clean-up may take their files."}
      </p>
      <Field label="Note for all of them" help="It takes the place of notes that they have; left empty, those go.">
        <Textarea value={note} maxLength={5_000} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {refused > 0 && <p className="text-bad">{`${plural(refused, "take")} could not be ${done}.`}</p>}
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
