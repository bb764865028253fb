"use client";

import { useState } from "react";
import { DeliveryLog } from "#features/settings/webhooks/delivery-log.tsx";
import { eventNames } from "#features/settings/webhooks/event-names.ts";
import { type TestAnswer, TestResult } from "#features/settings/webhooks/test-result.tsx";
import { WebhookActions } from "#features/settings/webhooks/webhook-actions.tsx";
import { TestWebhook, WebhookFields } from "#features/settings/webhooks/webhook-operations.ts";
import { WebhookState } from "#features/settings/webhooks/webhook-state.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Disclosure } from "#ui/disclosure.tsx";

/** An address, what it is told of, whether that goes well, and what was sent. */
export function WebhookRow(props: { webhook: FragmentType<typeof WebhookFields> }) {
  const webhook = readFragment(WebhookFields, props.webhook);
  const { id, name, url, events, project } = webhook;
  const { run, isPending, failure } = useAction(TestWebhook);
  const [answer, setAnswer] = useState<TestAnswer | null>(null);
  const test = async () => {
    setAnswer(null);
    const payload = await run({ input: { id } });
    if (payload) setAnswer(payload.answer);
  };
  return (
    <li className="py-3" aria-label={name}>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-40 grow basis-60">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="min-w-0 font-medium break-words">{name}</span>
            <WebhookState webhook={webhook} />
          </p>
          <p className="font-mono text-sm break-all text-ink-2">{url}</p>
          <p className="text-sm text-ink-3">
            {events.map((event) => eventNames[event]).join(", ")}
            {` · ${project ? project.name : "all projects"}`}
          </p>
        </div>
        <div className="flex items-center gap-1">
          <Button size="sm" aria-label={`Test ${name}`} isPending={isPending} onClick={() => void test()}>
            Test
          </Button>
          <WebhookActions webhook={webhook} />
        </div>
      </div>
      <FailureNotice failure={failure} />
      {answer && <TestResult answer={answer} onClose={() => setAnswer(null)} />}
      <Disclosure className="mt-1" title="Deliveries">
        <DeliveryLog webhookId={id} />
      </Disclosure>
    </li>
  );
}
