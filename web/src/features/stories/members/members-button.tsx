"use client";

import { Users } from "lucide-react";
import { useState } from "react";
import { MembersDialog } from "#features/stories/members/members-dialog.tsx";
import { useAccess } from "#lib/graphql/use-access.ts";
import { IconButton } from "#ui/icon-button.tsx";

/** Opens the members of a project; nothing where nobody signs in. */
export function MembersButton({ projectId, name }: { projectId: string; name: string }) {
  const access = useAccess();
  const [isOpen, setIsOpen] = useState(false);
  if (!access || access.isLocalMode) return null;
  return (
    <>
      <IconButton label={`Members of ${name}`} size="iconSm" icon={<Users />} onClick={() => setIsOpen(true)} />
      {isOpen && <MembersDialog projectId={projectId} name={name} onClose={() => setIsOpen(false)} />}
    </>
  );
}
