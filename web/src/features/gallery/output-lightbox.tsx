"use client";

import { Columns2, Info } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { compareHref, type Marked } from "#features/gallery/compare/use-marked.ts";
import { OutputDetail } from "#features/gallery/detail/output-detail.tsx";
import { OutputOrigin } from "#features/gallery/output-origin.tsx";
import type { Output } from "#features/gallery/output-page.tsx";
import { TakeStars, TakeVerdict } from "#features/gallery/take-verdict.tsx";
import { useOutput } from "#features/gallery/use-output.ts";
import { useReview } from "#features/gallery/use-review.ts";
import { useTakeRole } from "#features/gallery/use-take-role.ts";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Lightbox } from "#ui/lightbox.tsx";
import { ToggleButton } from "#ui/media/toggle-button.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";

interface Props {
  /** Those that are stepped through. */
  outputs: readonly Output[];
  total: number;
  openId: string | null;
  onOpen: (id: string | null) => void;
  /** The last ones that are here come near. */
  onNearEnd?: () => void;
  marked: Marked;
  focusPlace: (id: string) => boolean;
}

/** The large view of outputs: what made them beside them, the review's keys, and the way to compare. */
export function OutputLightbox(props: Props) {
  const { outputs, total, openId } = props;
  const at = openId === null ? -1 : outputs.findIndex(({ id }) => id === openId);
  // An address may name one that is further down, or that the filter leaves out.
  const alone = useOutput(openId !== null && at === -1 ? openId : null);
  const shown = at === -1 && alone ? [alone] : outputs;
  const index = at === -1 && alone ? 0 : at;
  const open = index === -1 ? undefined : shown[index];
  const role = useTakeRole(open?.take?.id ?? null);
  return (
    <ProjectAccess role={role}>
      <View {...props} shown={shown} total={at === -1 && alone ? 1 : total} index={index} open={open} />
    </ProjectAccess>
  );
}

interface ViewProps extends Props {
  shown: readonly Output[];
  /** -1: none is open. */
  index: number;
  open: Output | undefined;
}

function View({ shown, total, index, open, onOpen, onNearEnd, marked, focusPlace }: ViewProps) {
  const router = useRouter();
  const [hasDetail, setHasDetail] = useState(isWide);
  const review = useReview();
  const take = open?.take;
  const compare = () => {
    if (!open) return;
    const [other] = marked.ids.filter((id) => id !== open.id);
    if (other) router.push(compareHref([other, open.id]));
    else marked.toggle(open.id);
  };
  const isMarked = open ? marked.ids.includes(open.id) : false;
  const other = marked.ids.some((id) => id !== open?.id);
  return (
    <Lightbox
      pictures={shown}
      index={index === -1 ? null : index}
      onIndexChange={(next) => {
        onOpen(next === null ? null : (shown[next]?.id ?? null));
        if (next !== null && next >= shown.length - 4) onNearEnd?.();
      }}
      total={total}
      focusPlace={focusPlace}
      shortcuts={{
        ...review.keysFor(take),
        i: () => setHasDetail(!hasDetail),
        c: compare,
        x: () => open && marked.toggle(open.id),
      }}
      actions={() => (
        <>
          <ToggleButton
            label={other && !isMarked ? "Compare with the marked one (C)" : "Mark to compare (C)"}
            icon={<Columns2 />}
            isOn={isMarked}
            onToggle={isMarked && open ? () => marked.toggle(open.id) : compare}
          />
          <ToggleButton
            label="What made this (I)"
            icon={<Info />}
            isOn={hasDetail}
            onToggle={() => setHasDetail(!hasDetail)}
          />
        </>
      )}
      caption={() => (
        <>
          <OutputOrigin run={open?.run ?? undefined} />
          {take && (
            <>
              <StatusBadge status={take.status} />
              <TakeStars take={take} review={review} />
              <TakeVerdict take={take} review={review} />
            </>
          )}
        </>
      )}
      {...(hasDetail && {
        aside: ({ id }) => (
          <ErrorBoundary key={id} name="What made this">
            <OutputDetail id={id} onOpen={onOpen} />
          </ErrorBoundary>
        ),
      })}
    />
  );
}

/** On a phone the panel would take the picture's place. */
function isWide(): boolean {
  return typeof window !== "undefined" && window.matchMedia("(min-width: 1024px)").matches;
}
