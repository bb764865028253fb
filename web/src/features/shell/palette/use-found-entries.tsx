"use client";

import { BookText, Clapperboard, Languages, ListVideo, Sparkles, User, Workflow } from "lucide-react";
import { PaletteRecent, PaletteSearch } from "#features/shell/palette/operations.ts";
import type { PaletteEntry } from "#features/shell/palette/rank-entries.ts";
import { useMachineEntries } from "#features/shell/palette/use-machine-entries.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { sentence } from "#lib/format.ts";

interface FoundEntriesOptions {
  search: string;
  go: (href: string) => void;
  /** Something was done, and the palette has nothing more to do. */
  close: () => void;
}

/** Things of the studio by name, and what can be done with machines; the latest jobs until something is typed. */
export function useFoundEntries({ search, go, close }: FoundEntriesOptions): PaletteEntry[] {
  const settled = useDebounced(search.trim(), 150);
  const [{ data: recent }] = useQuery({ query: PaletteRecent, pause: settled !== "" });
  const [{ data: found }] = useQuery({ query: PaletteSearch, variables: { search: settled }, pause: settled === "" });
  const machines = useMachineEntries(found?.machines ?? [], close);
  if (settled === "") {
    return (recent?.jobs.nodes ?? []).map(({ id, name, status }) => ({
      id,
      group: "Latest jobs",
      label: name,
      note: sentence(status),
      icon: <ListVideo />,
      run: () => go(`/jobs/${encodeURIComponent(id)}`),
    }));
  }
  if (!found) return [];
  const kinds = [
    { group: "Jobs", icon: <ListVideo />, nodes: found.jobs.nodes, path: "/jobs/" },
    { group: "Generate with", icon: <Sparkles />, nodes: found.workflows.nodes, path: "/generate?workflow=" },
    { group: "Workflows, to look at or edit", icon: <Workflow />, nodes: found.workflows.nodes, path: "/workflows/" },
    { group: "Characters", icon: <User />, nodes: found.characters.nodes, path: "/characters/" },
    { group: "Scene types", icon: <Clapperboard />, nodes: found.sceneTypes.nodes, path: "/scene-types/" },
    { group: "Libraries", icon: <BookText />, nodes: found.libraries.nodes, path: "/libraries/" },
    { group: "Works", icon: <Languages />, nodes: found.works.nodes.map(titled), path: "/works/" },
  ];
  const named = kinds.flatMap(({ group, icon, nodes, path }) =>
    nodes.map(({ id, name }) => ({
      id: path + id,
      group,
      label: name,
      icon,
      run: () => go(path + encodeURIComponent(id)),
    })),
  );
  return [...named, ...machines];
}

const titled = ({ id, title }: { id: string; title: string }) => ({ id, name: title });
