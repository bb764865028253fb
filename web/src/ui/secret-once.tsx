import type { ReactNode } from "react";
import { CopyButton } from "#ui/copy-button.tsx";
import { Notice } from "#ui/notice.tsx";

interface SecretOnceProps {
  /** What it is, for the copy button. */
  name: string;
  secret: string;
  children: ReactNode;
}

/** A link or key that can be read here and now, and never again. */
export function SecretOnce({ name, secret, children }: SecretOnceProps) {
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warn" title="Shown this once">
        {children}
      </Notice>
      <div className="flex items-center gap-1 rounded-md bg-sunken p-2">
        <code className="min-w-0 grow font-mono text-sm break-all">{secret}</code>
        <CopyButton label={`Copy ${name}`} text={secret} />
      </div>
    </div>
  );
}
