"use client";

import { useState } from "react";

/** All of a list are wanted, but for those that somebody leaves out. */
export function useLeftOut() {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  return {
    isWanted: (id: string) => !left.has(id),
    setWanted: (id: string, isWanted: boolean) =>
      setLeft((before) => {
        const after = new Set(before);
        if (isWanted) after.delete(id);
        else after.add(id);
        return after;
      }),
  };
}
