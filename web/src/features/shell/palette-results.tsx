"use client";

import { Clapperboard, ListVideo, Sparkles, User } from "lucide-react";
import { Group, Item } from "#features/shell/palette-items.tsx";
import { PaletteSearch } from "#features/shell/palette-operations.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";

interface PaletteResultsProps {
  search: string;
  onGo: (href: string) => void;
}

/** Things of the studio by name; nothing is asked for until something is typed. */
export function PaletteResults({ search, onGo }: PaletteResultsProps) {
  const settled = useDebounced(search.trim(), 150);
  const [{ data }] = useQuery({ query: PaletteSearch, variables: { search: settled }, pause: settled === "" });
  if (!data || settled === "") return null;
  const kinds = [
    { kind: "Jobs", icon: <ListVideo />, nodes: data.jobs.nodes, href: (id: string) => `/jobs/${id}` },
    {
      kind: "Generate with",
      icon: <Sparkles />,
      nodes: data.workflows.nodes,
      href: (id: string) => `/generate?workflow=${id}`,
    },
    { kind: "Characters", icon: <User />, nodes: data.characters.nodes, href: (id: string) => `/characters/${id}` },
    {
      kind: "Scene types",
      icon: <Clapperboard />,
      nodes: data.sceneTypes.nodes,
      href: (id: string) => `/scene-types/${id}`,
    },
  ];
  return kinds.map(
    ({ kind, icon, nodes, href }) =>
      nodes.length > 0 && (
        <Group key={kind} heading={kind}>
          {nodes.map(({ id, name }) => (
            <Item
              key={id}
              icon={icon}
              value={`${name} ${kind} ${id}`}
              onSelect={() => onGo(href(encodeURIComponent(id)))}
            >
              {name}
            </Item>
          ))}
        </Group>
      ),
  );
}
