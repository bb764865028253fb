"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { InvitationsQuery } from "#features/settings/people/invitation-operations.ts";
import { InvitationItem } from "#features/settings/people/invitation-item.tsx";
import { InviteDialog } from "#features/settings/people/invite-dialog.tsx";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

/** Who is invited, and what became of it. */
export function Invitations() {
  const [isInviting, setIsInviting] = useState(false);
  return (
    <div>
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3>Invitations</h3>
        <Button size="sm" variant="primary" onClick={() => setIsInviting(true)}>
          <UserPlus aria-hidden />
          Invite
        </Button>
      </div>
      <Pages
        query={InvitationsQuery}
        variables={{}}
        select={(data) => data.invitations}
        loading={<SkeletonRows count={2} className="h-10" />}
        more={(load) => (
          <Button size="sm" className="self-start" onClick={load}>
            Show earlier ones
          </Button>
        )}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(invitations, { totalCount }) =>
          totalCount === 0 ? (
            <p className="text-ink-2">None yet. Whoever you invite gets a link from you; Callsheet sends no e-mail.</p>
          ) : (
            <ul aria-label="Invitations" className="divide-y">
              {invitations.map((invitation) => (
                <InvitationItem key={invitation.id} invitation={invitation} />
              ))}
            </ul>
          )
        }
      </Pages>
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
    </div>
  );
}
