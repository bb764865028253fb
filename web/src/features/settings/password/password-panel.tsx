"use client";

import { useState } from "react";
import { PasswordDialog } from "#features/settings/password/password-dialog.tsx";
import { useAccess } from "#lib/graphql/use-access.ts";
import { Button } from "#ui/button.tsx";

/** By what the viewer signs in. */
export function PasswordPanel() {
  const access = useAccess();
  const [isChanging, setIsChanging] = useState(false);
  if (!access) return null;
  const { name, email } = access.viewer;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="min-w-40 grow basis-40">
        <p className="font-medium break-words">{name}</p>
        <p className="text-sm break-all text-ink-3">{email}</p>
      </div>
      <Button size="sm" onClick={() => setIsChanging(true)}>
        Change password…
      </Button>
      {isChanging && <PasswordDialog email={email ?? ""} onClose={() => setIsChanging(false)} />}
    </div>
  );
}
