"use client";

import { Check, MessageSquareText, WandSparkles } from "lucide-react";
import { AutoPromptSetup } from "#features/generate/auto-prompts/auto-prompt-operations.ts";
import { AutoPromptRow } from "#features/generate/auto-prompts/auto-prompt-row.tsx";
import { AutoPromptState } from "#features/generate/auto-prompts/auto-prompt-state.tsx";
import { useAutoPrompts } from "#features/generate/auto-prompts/use-auto-prompts.ts";
import { type FormPictures, promptsOf } from "#features/generate/auto-prompts/written-texts.ts";
import type { AutoPromptDraft } from "#features/generate/workspaces/workspace.ts";
import { plural } from "#lib/format.ts";
import { failureOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { LazyRow } from "#ui/lazy-row.tsx";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { toast } from "#ui/toast.tsx";

interface AutoPromptsPanelProps {
  workflowId: string;
  /** Null while there are none to write for. */
  pictures: FormPictures | null;
  draft: AutoPromptDraft | null;
  onDraftChange: (draft: AutoPromptDraft | null) => void;
  /** Parameters by the pictures' keys in the form. */
  onApply: (params: Record<string, Record<string, unknown>>) => void;
}

/** Prompts that a language model writes for the pictures of the form, to be edited and applied. */
export function AutoPromptsPanel({ workflowId, pictures, draft, onDraftChange, onApply }: AutoPromptsPanelProps) {
  const [setup, lookAgain] = useQuery({
    query: AutoPromptSetup,
    variables: { workflowId },
    requestPolicy: "cache-and-network",
  });
  const llm = setup.data?.llmStatus;
  const writing = useAutoPrompts({
    draft,
    pictures,
    versionId: setup.data?.workflow?.currentVersion?.id,
    onDraftChange,
  });
  const { set, items, missing, isBusy, isPending } = writing;
  const edits = draft?.edits ?? {};
  const hasPrompts = items.some((item) => promptsOf(item, edits).length > 0);
  const cannotAsk = !pictures || !llm?.isReachable || isBusy || isPending;

  const edit = (key: string, field: string, text: string) =>
    draft && onDraftChange({ ...draft, edits: { ...edits, [key]: { ...edits[key], [field]: text } } });
  const applyAll = async () => {
    const params = await writing.apply();
    if (!params) return;
    onApply(params);
    toast.success(`Prompts of ${plural(Object.keys(params).length, "picture")} applied`);
  };
  const clearAll = () => {
    if (isBusy) void writing.cancel();
    onDraftChange(null);
    toast.message("Captions and prompts cleared", { action: { label: "Undo", onClick: () => onDraftChange(draft) } });
  };

  return (
    <Panel
      title="Auto-prompts"
      actions={llm?.isSimulated && <Badge tone="warn">Simulated: no model writes this</Badge>}
    >
      <div className="flex flex-col gap-3">
        {llm && !llm.isReachable && (
          <Notice
            tone="info"
            title="No language model can be asked"
            actions={
              <Button size="sm" onClick={lookAgain}>
                Look again
              </Button>
            }
          >
            {llm.hint}
          </Notice>
        )}
        {setup.error && !setup.data && <FailureNotice failure={failureOf(setup.error)} onRetry={lookAgain} />}
        {!set && (
          <p className="text-ink-2">
            A language model describes each picture, then writes its prompt from the description. Nothing is used until
            you apply it.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button needs="CREATOR" disabled={cannotAsk || missing === 0} onClick={() => void writing.describe()}>
            <MessageSquareText aria-hidden />
            Generate captions
          </Button>
          <Button needs="CREATOR" disabled={cannotAsk} onClick={() => void writing.write()}>
            <WandSparkles aria-hidden />
            {hasPrompts ? "Regenerate motion" : "Generate motion"}
          </Button>
          {draft && (
            <>
              <Button disabled={!hasPrompts || isBusy || isPending} onClick={() => void applyAll()}>
                <Check aria-hidden />
                Apply all
              </Button>
              <Button variant="quiet" onClick={clearAll}>
                Clear all
              </Button>
            </>
          )}
        </div>
        <FailureNotice failure={writing.failure} />
        <FailureNotice failure={writing.loadFailure} onRetry={() => writing.reload()} />
        {writing.isLoading && <SkeletonRows count={2} className="h-24" />}
        {set && (
          <>
            <AutoPromptState
              set={set}
              isPending={isPending}
              onCancel={() => void writing.cancel()}
              onRetry={() => void writing.retry()}
            />
            <ul aria-label="Auto-prompts" className="divide-y border-y">
              {items.map((item, index) => (
                <LazyRow key={item.key} estimate={160} startsNear={index < 6}>
                  <AutoPromptRow
                    item={item}
                    edits={edits}
                    hasPrompts={set.stage !== "CAPTION"}
                    onEdit={(field, text) => edit(item.key, field, text)}
                  />
                </LazyRow>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}
