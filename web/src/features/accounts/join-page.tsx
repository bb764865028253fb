"use client";

import { useCallback, useEffect, useState } from "react";
import { Door } from "#features/accounts/door.tsx";
import { JoinForm } from "#features/accounts/join-form.tsx";
import { type Answer, type LinkInfo, lookAtLink } from "#lib/auth/auth-api.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { roleNames } from "#lib/roles.ts";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";
import { Notice } from "#ui/notice.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const titles: Record<LinkInfo["kind"], string> = {
  SETUP: "Set up the studio",
  INVITATION: "Join the studio",
  PASSWORD_RESET: "Choose a new password",
};

/** Where links lead that an administrator, or the console at the first start, has given out. */
export function JoinPage() {
  const [link, setLink] = useState<{ token: string; answer: Answer<LinkInfo> } | null>(null);
  const look = useCallback(() => {
    // Behind the hash, which browsers send to nobody.
    const token = window.location.hash.slice(1);
    void lookAtLink(token).then((answer) => setLink({ token, answer }));
  }, []);
  useEffect(look, [look]);
  if (!link) {
    return (
      <Door title="One moment">
        <SkeletonRows count={3} className="h-8" />
      </Door>
    );
  }
  const { token, answer } = link;
  if (answer.failure) {
    return answer.failure.code === "NOT_FOUND" ? (
      <Door title="This link no longer works">
        <div className="flex flex-col items-start gap-4">
          <Notice tone="warn" title="It was used already, has expired or was ended">
            Ask an administrator of the studio for another one. After a first start, restarting Callsheet shows one on
            the console.
          </Notice>
          <Button asChild>
            <Link href="/sign-in">Sign in instead</Link>
          </Button>
        </div>
      </Door>
    ) : (
      <Door title="The link could not be looked at">
        <FailureNotice failure={answer.failure} onRetry={look} />
      </Door>
    );
  }
  return (
    <Door title={titles[answer.data.kind]}>
      <Purpose link={answer.data} />
      <JoinForm link={answer.data} token={token} />
    </Door>
  );
}

function Purpose({ link: { kind, role, projects, email } }: { link: LinkInfo }) {
  if (kind === "SETUP") {
    return (
      <p className="mb-4 text-ink-2">
        You become the first administrator, who invites the others. What was made here so far is yours.
      </p>
    );
  }
  if (kind === "PASSWORD_RESET") {
    return <p className="mb-4 text-ink-2">{`For ${email ?? "your account"}. It signs you out everywhere else.`}</p>;
  }
  return (
    <div className="mb-4 text-ink-2">
      <p>{`You are invited as ${role ? roleNames[role].toLowerCase() : "a member"}.`}</p>
      {projects.length > 0 && (
        <ul className="mt-1">
          {projects.map((project) => (
            <li key={project.name}>
              <span className="text-ink">{project.name}</span>
              {`, as ${roleNames[project.role].toLowerCase()}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
