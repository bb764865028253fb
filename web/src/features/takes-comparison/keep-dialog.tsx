"use client";

import { useState } from "react";
import { useClient } from "urql";
import { graphql } from "#gql/gql.ts";
import type { KeepScope } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { WordDiff } from "#ui/word-diff.tsx";

const KeepPreviewQuery = graphql(`
  query KeepPreview($comparisonId: ID!, $prompts: ResolvePromptsInput!) {
    node(id: $comparisonId) {
      __typename
      id
      ... on TakeComparison {
        variants {
          label
          texts {
            slot {
              id
              label
            }
            text
          }
          take {
            id
          }
        }
      }
    }
    resolvePrompts(input: $prompts) {
      slot {
        id
        label
      }
      baseText
    }
  }
`);

const KeepVariant = graphql(`
  mutation KeepVariant($input: KeepVariantInput!) {
    keepVariant(input: $input) {
      __typename
      ... on KeepVariantPayload {
        comparison {
          id
          winner {
            label
            take {
              id
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);

/** What came of keeping a variant: for each slot that is another now, its text before and after. */
export interface Kept {
  label: string;
  where: string;
  changes: { slotLabel: string; before: string; after: string }[];
}

interface Props {
  takeId: string;
  comparisonId: string;
  sceneType: { id: string; name: string };
  character: { id: string; name: string; group?: { name: string } | null; project: { name: string } };
  onKept: (kept: Kept) => void;
  onClose: () => void;
}

/** Asks where the winner's texts are to be saved, and shows them against what is stored. */
export function KeepDialog({ takeId, comparisonId, sceneType, character, onKept, onClose }: Props) {
  const client = useClient();
  const [scope, setScope] = useState<KeepScope>("CHARACTER");
  const variables = { comparisonId, prompts: { sceneTypeId: sceneType.id, characterId: character.id } };
  const [result, refetch] = useQuery({ query: KeepPreviewQuery, variables });
  const { run, isPending, failure } = useAction(KeepVariant);
  const places: { scope: KeepScope; label: string; help: string }[] = [
    {
      scope: "CHARACTER",
      label: `${character.name} only`,
      help: `As overrides of ${character.name} in ${sceneType.name}; nobody else's prompts change.`,
    },
    ...(character.group
      ? [
          {
            scope: "GROUP" as const,
            label: `The group ${character.group.name}`,
            help: "As overrides of the group; characters with overrides of their own keep theirs.",
          },
        ]
      : []),
    {
      scope: "PROJECT",
      label: `The project ${character.project.name}`,
      help: "As overrides of the project; groups and characters with overrides of their own keep theirs.",
    },
    {
      scope: "SCENE_TYPE",
      label: `The scene type ${sceneType.name}`,
      help: "As the scene type's own texts, for everybody who has no override.",
    },
  ];
  const place = places.find((each) => each.scope === scope);
  const keep = async (label: string) => {
    const before = result.data?.resolvePrompts ?? [];
    if (!(await run({ input: { takeId, scope } }))) return;
    const { data } = await client.query(KeepPreviewQuery, variables, { requestPolicy: "network-only" }).toPromise();
    const after = new Map((data?.resolvePrompts ?? []).map(({ slot, baseText }) => [slot.id, baseText]));
    const changes = before.flatMap(({ slot, baseText }) => {
      const now = after.get(slot.id) ?? baseText;
      return now === baseText ? [] : [{ slotLabel: slot.label, before: baseText, after: now }];
    });
    onKept({ label, where: place?.label ?? "", changes });
    onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Keep the winner">
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={2} className="h-16" />}>
        {({ node, resolvePrompts }) => {
          const variants = node?.__typename === "TakeComparison" ? node.variants : [];
          const variant = variants.find(({ take }) => take.id === takeId);
          if (!variant) return <p className="text-ink-2">This variant does not exist.</p>;
          const stored = new Map(resolvePrompts.map(({ slot, baseText }) => [slot.id, baseText]));
          return (
            <div className="flex flex-col gap-4">
              <Field
                label={`Save the texts of ${variant.label} for`}
                help={place?.help}
                error={issueFor(failure, "scope")}
              >
                <Select
                  value={scope}
                  onValueChange={(next) => setScope(next as KeepScope)}
                  options={places.map((each) => ({ value: each.scope, label: each.label }))}
                />
              </Field>
              {variant.texts.map(({ slot, text }) => (
                <section key={slot.id} aria-label={slot.label}>
                  <p className="mb-1 font-medium text-ink-2">{slot.label}</p>
                  {text == null ? (
                    <p className="text-ink-2">Its fragments are saved; the text stays.</p>
                  ) : (
                    <WordDiff before={stored.get(slot.id) ?? ""} after={text} className="text-lg leading-[22px]" />
                  )}
                </section>
              ))}
              <p className="text-sm text-ink-3">{`Marked against what ${character.name}'s prompts say now.`}</p>
              <FailureNotice failure={failure} shownFields={["scope"]} />
              <DialogActions>
                <Button variant="quiet" onClick={onClose}>
                  Cancel
                </Button>
                <Button variant="primary" isPending={isPending} onClick={() => void keep(variant.label)}>
                  Keep the winner
                </Button>
              </DialogActions>
            </div>
          );
        }}
      </QueryPanel>
    </Dialog>
  );
}
