"use client";

import { Check, Pin, PinOff } from "lucide-react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Badge } from "#ui/badge.tsx";
import { IconButton } from "#ui/icon-button.tsx";

const FragmentOptionFields = graphql(`
  fragment FragmentOption on Fragment {
    id
    text
    description
    category
    usageCount
  }
`);

const PinFragment = graphql(`
  mutation PinFragment($input: PinFragmentInput!, $sceneTypeId: ID!) {
    pinFragment(input: $input) {
      __typename
      ... on PinFragmentPayload {
        fragment {
          id
          isPinned(sceneTypeId: $sceneTypeId)
        }
      }
      ...FailureFields
    }
  }
`);

const UnpinFragment = graphql(`
  mutation UnpinFragment($input: PinFragmentInput!, $sceneTypeId: ID!) {
    unpinFragment(input: $input) {
      __typename
      ... on PinFragmentPayload {
        fragment {
          id
          isPinned(sceneTypeId: $sceneTypeId)
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  fragment: FragmentType<typeof FragmentOptionFields>;
  isPinned: boolean;
  isUsed: boolean;
  sceneTypeId: string;
  onPick: () => void;
}

export function FragmentOption({ fragment: source, isPinned, isUsed, sceneTypeId, onPick }: Props) {
  const fragment = readFragment(FragmentOptionFields, source);
  const pin = useAction(PinFragment);
  const unpin = useAction(UnpinFragment);
  const action = isPinned ? unpin : pin;
  return (
    <li className="flex items-center gap-2">
      <button
        type="button"
        disabled={isUsed}
        onClick={onPick}
        className="flex min-h-9 min-w-0 grow flex-wrap items-center gap-x-2 rounded-sm py-1 text-left enabled:hover:text-accent-ink disabled:text-ink-3"
      >
        {isUsed && <Check role="img" aria-label="Added" className="size-4 shrink-0 text-good" />}
        <span className="min-w-0 break-words">{fragment.text}</span>
        {fragment.category && <Badge>{fragment.category}</Badge>}
        <span className="ml-auto text-sm whitespace-nowrap text-ink-3">{plural(fragment.usageCount, "use")}</span>
      </button>
      {action.failure && (
        <span role="alert" className="text-sm text-bad">
          {action.failure.message}
        </span>
      )}
      <IconButton
        label={isPinned ? `Unpin ${fragment.text}` : `Pin ${fragment.text} for this scene type`}
        size="iconSm"
        isPending={action.isPending}
        icon={isPinned ? <PinOff /> : <Pin />}
        onClick={() => void action.run({ input: { fragmentId: fragment.id, sceneTypeId }, sceneTypeId })}
      />
    </li>
  );
}
