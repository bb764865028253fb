"use client";

import { useEffect, useState } from "react";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";

/**
 * The item that is open in the large view, kept in the address as well, so that it can be shared and outlives a reload. The
 * address follows: keys that are held down are quicker than the router.
 */
export function useOpenItem(): [string | null, (id: string | null) => void] {
  const [address, setAddress] = useUrlParam("open");
  const [openId, setOpenId] = useState(address || null);
  useEffect(() => setAddress(openId ?? ""), [openId, setAddress]);
  return [openId, setOpenId];
}
