"use client";

import { Clock } from "lucide-react";
import { useState } from "react";
import { type ApiKeyEntry, RevokeApiKey } from "#features/settings/api-keys/api-key-operations.ts";
import { scopeNames } from "#features/settings/api-keys/scopes.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useNow } from "#lib/hooks/use-now.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { toast } from "#ui/toast.tsx";

export function ApiKeyRow({ apiKey }: { apiKey: ApiKeyEntry }) {
  const { id, name, start, scope, createdAt, expiresAt, lastUsedAt } = apiKey;
  const [isAsking, setIsAsking] = useState(false);
  const { run, isPending, failure } = useAction(RevokeApiKey);
  const now = useNow();
  const isExpired = Boolean(expiresAt && now !== null && Date.parse(expiresAt) <= now);
  const revoke = async () => {
    if (!(await run({ input: { id } }))) return;
    toast.success(`${name} revoked`);
    setIsAsking(false);
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-40 grow basis-40">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="min-w-0 font-medium break-words">{name}</span>
          <Badge>{scopeNames[scope]}</Badge>
          {isExpired && (
            <Badge tone="warn">
              <Clock aria-hidden />
              Expired
            </Badge>
          )}
        </p>
        <p className="text-sm text-ink-3">
          <code className="font-mono">{`${start}…`}</code>
          {" · made "}
          <TimeAgo at={createdAt} />
          {" · "}
          {lastUsedAt ? (
            <>
              last used <TimeAgo at={lastUsedAt} />
            </>
          ) : (
            "never used"
          )}
          {!isExpired && (expiresAt ? ` · until ${new Date(expiresAt).toLocaleDateString()}` : " · never expires")}
        </p>
      </div>
      <Button size="sm" aria-label={`Revoke ${name}`} onClick={() => setIsAsking(true)}>
        Revoke…
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Revoke ${name}?`}
        confirmLabel="Revoke key"
        isDangerous
        isPending={isPending}
        onConfirm={() => void revoke()}
      >
        <p>Programs that use it are refused at once. It cannot be brought back.</p>
        <FailureNotice failure={failure} />
      </ConfirmDialog>
    </li>
  );
}
