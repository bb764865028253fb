"use client";

import { useEffect } from "react";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";

/**
 * One of a list, by its id in the address; the first until somebody chooses. That goes into the address as well, so that
 * what is being edited does not give way to another when the list changes.
 */
export function useUrlChoice<Item extends { id: string }>(
  name: string,
  items: readonly Item[],
): [Item | undefined, (id: string) => void] {
  const [chosen, choose] = useUrlParam(name);
  const item = items.find(({ id }) => id === chosen) ?? items[0];
  const first = chosen === "" ? item?.id : undefined;
  useEffect(() => {
    if (first !== undefined) choose(first);
  }, [first, choose]);
  return [item, choose];
}
