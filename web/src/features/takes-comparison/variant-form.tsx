"use client";

import { Columns2, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { differ, letterOf, textsOf, type VariantDraft } from "#features/takes-comparison/variant-drafts.ts";
import { VariantFields } from "#features/takes-comparison/variant-fields.tsx";
import { graphql } from "#gql/gql.ts";
import type { InputKind } from "#gql/graphql.ts";
import { AssetInput } from "#lib/graphql/asset-input.tsx";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { useRefused } from "#ui/access.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Field } from "#ui/field.tsx";
import { SeedInput } from "#ui/seed-input.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const StoredTextsQuery = graphql(`
  query StoredTexts($input: ResolvePromptsInput!) {
    resolvePrompts(input: $input) {
      slot {
        id
        label
        slotType
        isUserEditable
      }
      baseText
    }
  }
`);

const CompareVariants = graphql(`
  mutation CompareVariants($input: CompareVariantsInput!) {
    compareVariants(input: $input) {
      __typename
      ... on CompareVariantsPayload {
        comparison {
          id
        }
      }
      ...FailureFields
    }
  }
`);

const most = 4;

interface Props {
  sceneTypeId: string;
  characterId: string;
  inputKind: InputKind;
}

/** Two to four wordings of one take. Each starts from what is stored; what is left so is not sent. */
export function VariantForm({ sceneTypeId, characterId, inputKind }: Props) {
  const router = useRouter();
  const [result, refetch] = useQuery({ query: StoredTextsQuery, variables: { input: { sceneTypeId, characterId } } });
  const [variants, setVariants] = useState<readonly VariantDraft[]>(() => [
    { id: uniqueKey(), label: "As it is", texts: {} },
    { id: uniqueKey(), label: "", texts: {} },
  ]);
  const [seed, setSeed] = useState("");
  const [inputAssetId, setInputAssetId] = useState<string | null>(null);
  const [allowUnresolved, setAllowUnresolved] = useState(false);
  const { run, isPending, failure } = useAction(CompareVariants);
  const attempt = useRef({ content: "", key: "" });
  const slots = (result.data?.resolvePrompts ?? [])
    .filter(({ slot }) => slot.isUserEditable)
    .map(({ slot, baseText }) => ({ ...slot, text: baseText }));
  const hasDifference = differ(variants, slots);
  const mayNot = useRefused("CREATOR") !== null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = {
      sceneTypeId,
      characterId,
      allowUnresolved,
      ...(inputAssetId && { inputAssetId }),
      ...(seed && { seed }),
      variants: variants.map((variant) => ({
        ...(variant.label.trim() && { label: variant.label.trim() }),
        texts: textsOf(variant, slots),
      })),
    };
    const content = JSON.stringify(input);
    if (attempt.current.content !== content) attempt.current = { content, key: uniqueKey() };
    const payload = await run({ input: { ...input, idempotencyKey: attempt.current.key } });
    if (payload) router.push(`/comparisons/${encodeURIComponent(payload.comparison.id)}`);
  };
  const shownFields = ["seed", "inputAssetId"].concat(variants.map((_, index) => `variants.${index}.label`));
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={2} className="h-40" />}>
      {() => (
        <form onSubmit={(event) => void submit(event)}>
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(280px,100%),1fr))] gap-x-6 gap-y-8">
            {variants.map((variant, index) => (
              <VariantFields
                key={variant.id}
                letter={letterOf(index)}
                variant={variant}
                slots={slots}
                error={issueFor(failure, `variants.${index}.label`)}
                onChange={(next) => setVariants(variants.map((each) => (each.id === next.id ? next : each)))}
                {...(variants.length > 2 && {
                  onRemove: () => setVariants(variants.filter((each) => each.id !== variant.id)),
                })}
              />
            ))}
          </div>
          {variants.length < most && (
            <Button
              needs="CREATOR"
              size="sm"
              className="mt-4"
              onClick={() =>
                setVariants([...variants, { id: uniqueKey(), label: "", texts: variants.at(-1)?.texts ?? {} }])
              }
            >
              <Plus aria-hidden />
              Add a variant
            </Button>
          )}
          <div className="mt-6 flex max-w-md flex-col gap-4 border-t pt-4">
            {inputKind !== "NONE" && (
              <Field
                label={inputKind === "IMAGE" ? "Reference image" : "Reference video"}
                error={issueFor(failure, "inputAssetId")}
              >
                <AssetInput kind={inputKind === "IMAGE" ? "image" : "video"} onAssetChange={setInputAssetId} />
              </Field>
            )}
            <Field label="Seed" help="The same for all variants. Empty: a random one" error={issueFor(failure, "seed")}>
              <SeedInput value={seed} onValueChange={setSeed} />
            </Field>
            <Checkbox
              label="Allow unresolved placeholders"
              help="Without this, a {key} that has no value stops the comparison."
              checked={allowUnresolved}
              onCheckedChange={setAllowUnresolved}
            />
            <FailureNotice failure={failure} shownFields={shownFields} />
            <div className="flex flex-wrap items-center gap-3">
              <Button needs="CREATOR" type="submit" variant="primary" disabled={!hasDifference} isPending={isPending}>
                <Columns2 aria-hidden />
                {`Render ${variants.length} variants`}
              </Button>
              {!hasDifference && !mayNot && <p className="text-ink-3">Write something else in at least one of them.</p>}
            </div>
          </div>
        </form>
      )}
    </QueryPanel>
  );
}
