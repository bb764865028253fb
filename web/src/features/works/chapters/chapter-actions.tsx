"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { DeleteChapter } from "#features/works/chapters/chapter-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { toast } from "#ui/toast.tsx";

const ChapterActionsFields = graphql(`
  fragment ChapterActions on Chapter {
    id
    number
    work {
      id
    }
    all: translations(first: 1) {
      totalCount
    }
  }
`);

/** Deletes a chapter, once somebody has read what goes with it. */
export function ChapterActions(props: { chapter: FragmentType<typeof ChapterActionsFields> }) {
  const { id, number, work, all } = readFragment(ChapterActionsFields, props.chapter);
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const { run, isPending, failure } = useAction(DeleteChapter);
  const remove = async () => {
    if (!(await run({ input: { id } }))) return;
    toast.success(`Chapter ${number} deleted`);
    router.replace(`/works/${encodeURIComponent(work.id)}`);
  };
  return (
    <>
      <IconButton
        needs="CREATOR"
        label={`Delete chapter ${number}`}
        icon={<Trash2 />}
        onClick={() => setIsAsking(true)}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Delete chapter ${number}?`}
        confirmLabel="Delete chapter"
        isDangerous
        isPending={isPending}
        onConfirm={() => void remove()}
      >
        <p>
          {`Its text, its summary and ${plural(all.totalCount, "translation")} are lost, which can’t be undone. The other chapters keep their numbers.`}
        </p>
        <FailureNotice failure={failure} />
      </ConfirmDialog>
    </>
  );
}
