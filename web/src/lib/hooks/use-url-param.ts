"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** One value of the address's query, so that a filtered view can be shared; an empty text removes it. */
export function useUrlParam(name: string): [string, (value: string) => void] {
  const pathname = usePathname();
  const value = useSearchParams().get(name) ?? "";
  const set = useCallback(
    (next: string) => {
      const params = new URLSearchParams(window.location.search);
      if (next) params.set(name, next);
      else params.delete(name);
      const query = params.toString();
      // Next takes any change of the history for a navigation, which throws away one that is under way.
      if (query === new URLSearchParams(window.location.search).toString()) return;
      window.history.replaceState(null, "", query ? `${pathname}?${query}` : pathname);
    },
    [name, pathname],
  );
  return [value, set];
}
