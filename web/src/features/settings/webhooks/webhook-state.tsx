import { CircleCheck, CirclePause, CircleX, TriangleAlert } from "lucide-react";
import type { WebhookRowFragment } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { Badge } from "#ui/badge.tsx";

type State = Pick<WebhookRowFragment, "isEnabled" | "disabledReason" | "failureStreak">;

/** Whether anything is sent, and whether it arrives. */
export function WebhookState({ webhook: { isEnabled, disabledReason, failureStreak } }: { webhook: State }) {
  if (isEnabled && failureStreak === 0)
    return (
      <Badge tone="good">
        <CircleCheck aria-hidden />
        Enabled
      </Badge>
    );
  if (isEnabled)
    return (
      <Badge tone="warn">
        <TriangleAlert aria-hidden />
        {`Failing: ${plural(failureStreak, "attempt")} in a row`}
      </Badge>
    );
  return disabledReason ? (
    <>
      <Badge tone="bad">
        <CircleX aria-hidden />
        Disabled by itself
      </Badge>
      <span className="text-sm text-bad">{disabledReason}</span>
    </>
  ) : (
    <Badge>
      <CirclePause aria-hidden />
      Disabled
    </Badge>
  );
}
