import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { webhookEvents } from "#features/settings/webhooks/event-names.ts";
import type { WebhookEvent } from "#gql/graphql.ts";
import { Checkbox } from "#ui/checkbox.tsx";

interface EventChoiceProps {
  chosen: readonly WebhookEvent[];
  onChange: (chosen: readonly WebhookEvent[]) => void;
  error?: string | undefined;
}

/** What a webhook is told of. */
export function EventChoice({ chosen, onChange, error }: EventChoiceProps) {
  const errorId = useId();
  return (
    <fieldset {...(error && { "aria-describedby": errorId })}>
      <legend className="mb-1.5 font-medium text-ink-2">Events</legend>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        {webhookEvents.map(({ event, name, help }) => (
          <Checkbox
            key={event}
            label={name}
            help={help}
            checked={chosen.includes(event)}
            onCheckedChange={(isChosen) =>
              onChange(isChosen ? [...chosen, event] : chosen.filter((other) => other !== event))
            }
          />
        ))}
      </div>
      {error && (
        <p id={errorId} role="alert" className="mt-1 flex items-start gap-1 text-sm text-bad">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </fieldset>
  );
}
