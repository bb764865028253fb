"use client";

import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { SceneAssetField, SceneAssetOrigin } from "#gql/graphql.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { WordDiff } from "#ui/word-diff.tsx";

const ChangeLineFields = graphql(`
  fragment ChangeLine on SceneAssetChange {
    id
    field
    origin
    before
    after
    reason
    createdAt
    user {
      id
      name
    }
  }
`);

const names: Record<SceneAssetField, string> = {
  DESCRIPTION: "Description",
  TAGS: "Tags",
  IMAGE: "Picture",
  CARRY_FORWARD: "Carries forward",
  LOCKED: "Lock",
};

const origins: Record<SceneAssetOrigin, string> = {
  PERSON: "",
  GENERATION: "generated",
  INHERITANCE: "chosen when inherited",
};

/** One change of one field. */
export function ChangeLine(props: { change: FragmentType<typeof ChangeLineFields> }) {
  const { field, origin, before, after, reason, createdAt, user } = readFragment(ChangeLineFields, props.change);
  return (
    <li className="py-2">
      <p className="flex flex-wrap gap-x-2 text-ink-2">
        <span className="font-medium text-ink">{names[field]}</span>
        <span>{[user?.name, origins[origin]].filter(Boolean).join(", ")}</span>
        <span className="text-ink-3">
          <TimeAgo at={createdAt} />
        </span>
      </p>
      <Change field={field} before={before} after={after} />
      {reason && <p className="text-ink-3">{reason}</p>}
    </li>
  );
}

function Change({ field, before, after }: { field: SceneAssetField; before: unknown; after: unknown }) {
  if (field === "DESCRIPTION") return <WordDiff before={textOf(before)} after={textOf(after)} className="text-ink-2" />;
  if (field === "TAGS")
    return <WordDiff before={listOf(before).join(", ")} after={listOf(after).join(", ")} className="text-ink-2" />;
  return <p className="text-ink-2">{words(field, before, after)}</p>;
}

function words(field: SceneAssetField, before: unknown, after: unknown): string {
  if (field === "IMAGE") return after === null ? "taken away" : before === null ? "set" : "replaced";
  if (field === "LOCKED") return after === true ? "locked" : "unlocked";
  return after === true ? "on" : "off";
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "as the master has it");
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
