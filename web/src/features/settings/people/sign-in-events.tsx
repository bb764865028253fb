"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useState } from "react";
import { SignInEventsQuery } from "#features/settings/people/people-operations.ts";
import type { SignInMethod } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const methods: Record<SignInMethod, string> = {
  LINK: "by a link",
  OIDC: "by the identity provider",
  PASSWORD: "by password",
  PASSWORD_CHANGE: "to change the password",
};

/** Who came in, or tried to; read when it is opened. */
export function SignInEvents() {
  const [failedOnly, setFailedOnly] = useState(false);
  return (
    <Disclosure title={<span className="text-ink">Sign-ins of the last 180 days</span>}>
      <Checkbox label="Only those that let nobody in" checked={failedOnly} onCheckedChange={setFailedOnly} />
      <Pages
        query={SignInEventsQuery}
        variables={{ failedOnly }}
        select={(data) => data.signInEvents}
        loading={<SkeletonRows count={3} className="h-8" />}
        more={(load) => (
          <Button size="sm" className="self-start" onClick={load}>
            Show earlier ones
          </Button>
        )}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(events, { totalCount }) =>
          totalCount === 0 ? (
            <p className="py-2 text-ink-2">None.</p>
          ) : (
            <ul aria-label="Sign-ins" className="divide-y">
              {events.map(({ id, at, method, isSuccess, email, address, userAgent, user }) => (
                <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5">
                  <Badge tone={isSuccess ? "good" : "bad"}>
                    {isSuccess ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}
                    {isSuccess ? "Came in" : "Failed"}
                  </Badge>
                  <span className="break-all">{user?.name ?? email ?? "Somebody"}</span>
                  <span className="text-ink-3">{methods[method]}</span>
                  <span className="font-mono text-sm text-ink-3" title={userAgent}>
                    {address}
                  </span>
                  <span className="ml-auto text-ink-3">
                    <TimeAgo at={at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Pages>
    </Disclosure>
  );
}
