"use client";

import { Lock } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { type ReactNode, useId, useMemo, useState } from "react";
import { MenuParts } from "#ui/dropdown-menu.tsx";

/** A menu that is open as soon as it is there. */
export function OpenedMenu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  const reasonId = useId();
  const [reason, onRefused] = useState<string | null>(null);
  const parts = useMemo(() => ({ Item: Radix.Item, Separator: Radix.Separator, reasonId, onRefused }), [reasonId]);
  return (
    <Radix.Root modal={false} defaultOpen>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 animate-fade rounded-md border border-line-strong bg-raised p-1 shadow-float"
        >
          <MenuParts value={parts}>{children}</MenuParts>
          {reason !== null && (
            <p
              id={reasonId}
              className="mt-1 flex items-center gap-2 border-t px-2 pt-1.5 pb-1 text-sm text-ink-2 [&_svg]:size-3.5"
            >
              <Lock aria-hidden />
              {reason}
            </p>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
