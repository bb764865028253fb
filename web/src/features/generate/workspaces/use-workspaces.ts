"use client";

import { useSyncExternalStore } from "react";
import type { Workspaces } from "#features/generate/workspaces/workspace.ts";
import { presentWorkspaces, watchWorkspaces } from "#features/generate/workspaces/workspace-store.ts";

export type ChangeWorkspaces = (change: (all: Workspaces) => Workspaces) => void;

/** The workspaces that this browser keeps; null until the page has taken over from the server's HTML. */
export function useWorkspaces(): Workspaces | null {
  return useSyncExternalStore(watchWorkspaces, presentWorkspaces, () => null);
}
