"use client";

import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

type LinkProps = Omit<ComponentProps<typeof NextLink>, "prefetch">;

/**
 * A link within the client. What it leads to is fetched when a pointer or the focus reaches it, not when it comes into view:
 * a list shows dozens.
 */
export function Link({ onPointerEnter, onFocus, ...props }: LinkProps) {
  const [isMeant, setIsMeant] = useState(false);
  return (
    <NextLink
      {...props}
      prefetch={isMeant ? null : false}
      onPointerEnter={(event) => {
        setIsMeant(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setIsMeant(true);
        onFocus?.(event);
      }}
    />
  );
}
