import { Minus, Pencil, Plus } from "lucide-react";
import type { ChangeKind } from "#gql/graphql.ts";
import { Badge } from "#ui/badge.tsx";

const looks = {
  ADDED: { tone: "good", icon: Plus, word: "Added" },
  REMOVED: { tone: "bad", icon: Minus, word: "Removed" },
  CHANGED: { tone: "calm", icon: Pencil, word: "Changed" },
} as const;

export function ChangeBadge({ kind }: { kind: ChangeKind }) {
  const { tone, icon: Icon, word } = looks[kind];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}
