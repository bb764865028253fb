"use client";

import { useState } from "react";
import { emptyShot, fromDraft, type ShotDraft, type StoredShot, toDraft } from "#features/stories/scene/shot-drafts.ts";
import { UpdateScene } from "#features/stories/scene-operations.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { withMoved } from "#ui/sortable.tsx";

interface Keyed {
  key: string;
  shot: ShotDraft;
}

/** The shots of a scene as they are being written; until something is, as they are stored. */
export function useShotDrafts(sceneId: string, stored: readonly StoredShot[]) {
  const [written, setWritten] = useState<readonly Keyed[] | null>(null);
  const update = useAction(UpdateScene);
  const drafts: readonly Keyed[] =
    written ?? stored.map((shot, index) => ({ key: `stored ${index}`, shot: toDraft(shot) }));
  const save = async () => {
    const payload = await update.run({ input: { id: sceneId, shots: drafts.map(({ shot }) => fromDraft(shot)) } });
    if (payload) setWritten(null);
  };
  return {
    drafts,
    isChanged: written !== null,
    isPending: update.isPending,
    failure: update.failure,
    change: (key: string, part: Partial<ShotDraft>) =>
      setWritten(drafts.map((draft) => (draft.key === key ? { key, shot: { ...draft.shot, ...part } } : draft))),
    add: () => setWritten([...drafts, { key: uniqueKey(), shot: emptyShot }]),
    remove: (key: string) => setWritten(drafts.filter((draft) => draft.key !== key)),
    move: (from: number, to: number) => setWritten(withMoved(drafts, from, to)),
    save,
    discard: () => {
      update.reset();
      setWritten(null);
    },
  };
}
