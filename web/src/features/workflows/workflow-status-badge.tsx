import { BadgeCheck, CircleCheck, CircleDashed } from "lucide-react";
import type { WorkflowStatus } from "#gql/graphql.ts";
import { sentence } from "#lib/format.ts";
import { Badge } from "#ui/badge.tsx";

const looks = {
  DRAFT: { tone: "neutral", icon: CircleDashed },
  TESTED: { tone: "calm", icon: CircleCheck },
  PRODUCTION: { tone: "good", icon: BadgeCheck },
} as const;

export function WorkflowStatusBadge({ status }: { status: WorkflowStatus }) {
  const { tone, icon: Icon } = looks[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {sentence(status)}
    </Badge>
  );
}
