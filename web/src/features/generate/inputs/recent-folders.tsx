"use client";

import { History } from "lucide-react";
import { RecentDirectories } from "#features/generate/inputs/directory-query.ts";
import { plural } from "#lib/format.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";

/** How many of the folders that a person took inputs from are offered. */
const shownCount = 5;

export function RecentFolders({ present, onChoose }: { present: string; onChoose: (path: string) => void }) {
  const [{ data }] = useQuery({ query: RecentDirectories, requestPolicy: "cache-and-network" });
  const recent = data?.recentDirectories.slice(0, shownCount) ?? [];
  if (recent.length === 0) return null;
  return (
    <ul aria-label="Recent folders" className="flex flex-wrap gap-1">
      {recent.map(({ path, useCount }) => (
        <li key={path} className="min-w-0">
          <Button
            size="sm"
            aria-current={path === present}
            title={`${path}: ${plural(useCount, "submission")}`}
            className="max-w-full min-w-0 shrink font-mono font-normal"
            onClick={() => onChoose(path)}
          >
            <History aria-hidden />
            <span className="truncate">{path.split("/").slice(-2).join("/")}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
