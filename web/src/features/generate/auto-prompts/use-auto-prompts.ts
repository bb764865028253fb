"use client";

import { useSubscription } from "urql";
import {
  ApplyAutoPrompts,
  AutoPromptUpdated,
  CancelAutoPrompt,
  RetryAutoPrompt,
  StartAutoPrompt,
} from "#features/generate/auto-prompts/auto-prompt-operations.ts";
import {
  captionsFor,
  editedPrompts,
  fileKeyOf,
  type FormPictures,
} from "#features/generate/auto-prompts/written-texts.ts";
import type { AutoPromptDraft } from "#features/generate/workspaces/workspace.ts";
import { failureOf } from "#lib/graphql/failure.ts";
import { useAction } from "#lib/graphql/use-action.ts";

interface AutoPromptSource {
  draft: AutoPromptDraft | null;
  pictures: FormPictures | null;
  /** Of the workflow, which prompts are written for. */
  versionId: string | undefined;
  onDraftChange: (draft: AutoPromptDraft | null) => void;
}

/** The set of prompts that a workspace has going, live, and what can be done with it. */
export function useAutoPrompts({ draft, pictures, versionId, onDraftChange }: AutoPromptSource) {
  const [{ data, error }, resubscribe] = useSubscription({
    query: AutoPromptUpdated,
    variables: { id: draft?.id ?? "" },
    pause: !draft,
  });
  const start = useAction(StartAutoPrompt);
  const cancel = useAction(CancelAutoPrompt);
  const retry = useAction(RetryAutoPrompt);
  const apply = useAction(ApplyAutoPrompts);

  const set = draft && data?.autoPromptUpdated.id === draft.id ? data.autoPromptUpdated : null;
  const loadFailure = draft && !set && error ? failureOf(error) : null;
  const isGone = loadFailure?.code === "NOT_FOUND";
  const items = set?.items ?? [];
  const captions = pictures && draft ? captionsFor(pictures, items, draft) : {};
  const missing = pictures ? pictures.count - Object.keys(captions).length : 0;

  const begin = async (stage: "CAPTION" | "MOTION" | "BOTH") => {
    if (!pictures) return;
    const target = stage === "CAPTION" || !versionId ? {} : { workflowVersionId: versionId };
    const payload = await start.run({ input: { ...pictures.input, ...target, stage, captions } });
    if (payload) onDraftChange({ id: payload.autoPrompt.id, folder: pictures.folder, edits: {} });
  };
  return {
    set,
    items,
    /** Pictures without a description. */
    missing,
    isLoading: Boolean(draft) && !set && !error,
    isBusy: set?.status === "PENDING" || set?.status === "RUNNING",
    isPending: start.isPending || cancel.isPending || retry.isPending || apply.isPending,
    loadFailure: isGone ? null : loadFailure,
    reload: resubscribe,
    failure: start.failure ?? cancel.failure ?? retry.failure ?? apply.failure,
    describe: () => begin("CAPTION"),
    /** Describes first what has no description. */
    write: () => begin(missing > 0 ? "BOTH" : "MOTION"),
    cancel: () => (draft ? cancel.run({ input: { id: draft.id } }) : null),
    retry: () => (draft ? retry.run({ input: { id: draft.id } }) : null),
    /** The prompts as parameters of each picture, by its key in the form; null when it failed. */
    apply: async (): Promise<Record<string, Record<string, unknown>> | null> => {
      if (!draft) return null;
      const payload = await apply.run({ input: { id: draft.id, edits: editedPrompts(items, draft.edits) } });
      if (!payload) return null;
      const params = payload.perFileParams as Record<string, Record<string, unknown>>;
      return Object.fromEntries(
        items.flatMap((item) => {
          const own = Object.hasOwn(params, item.key) ? params[item.key] : undefined;
          return own ? [[fileKeyOf(item, draft.folder), own]] : [];
        }),
      );
    },
  };
}
