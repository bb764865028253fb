"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { whoIsSignedIn } from "#lib/auth/auth-api.ts";
import { signInPath } from "#lib/auth/return-path.ts";
import { useSession } from "#lib/graphql/provider.tsx";
import { useAccess } from "#lib/graphql/use-access.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";

/** Most pages never show it, and it is on every page. */
const SessionOverDialog = dynamic(
  async () => (await import("#features/accounts/session-over-dialog.tsx")).SessionOverDialog,
);

/**
 * Sends people who are not signed in to where they do so. Whose session ends while a page is open signs in on top of it, so
 * that nothing that was typed is lost.
 */
export function SessionGate() {
  const { state, resume } = useSession();
  const access = useAccess();
  const [isPutOff, setIsPutOff] = useState(false);
  const [known, setKnown] = useState<{ id: string; email: string }>();
  if (access && !known) setKnown({ id: access.viewer.id, email: access.viewer.email ?? "" });
  useEffect(() => {
    if (state === "none") window.location.replace(signInPath(window.location));
  }, [state]);
  // Somebody else has signed in: nothing of the one before may stay on the page.
  const isSomebodyElse = access && known && access.viewer.id !== known.id;
  useEffect(() => {
    if (isSomebodyElse) window.location.reload();
  }, [isSomebodyElse]);
  const mayExpire = access?.isLocalMode === false;
  useEffect(() => {
    // What else is asked does not renew the session.
    if (mayExpire) void whoIsSignedIn();
  }, [mayExpire]);
  if (state !== "over") return null;
  if (isPutOff) {
    return (
      <div className="fixed inset-x-3 bottom-16 z-40 mx-auto max-w-md bg-surface">
        <Notice
          tone="warn"
          title="You are signed out"
          actions={
            <Button size="sm" onClick={() => setIsPutOff(false)}>
              Sign in
            </Button>
          }
        />
      </div>
    );
  }
  return <SessionOverDialog email={known?.email ?? ""} onSignedIn={resume} onPutOff={() => setIsPutOff(true)} />;
}
