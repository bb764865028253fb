"use client";

import { assetTypes } from "#features/stories/asset-types.ts";
import type { ProjectAssetType, TagMatch } from "#gql/graphql.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";

interface SearchFilter {
  tags: readonly string[];
  tagMatch: TagMatch;
  type: ProjectAssetType | null;
  search: string;
  /** As they were typed. */
  from: string;
  to: string;
}

const numberIn = (text: string): number | null => (/^\d{1,4}$/.test(text) ? Number(text) : null);

/** What is looked for across the scenes of a branch, kept in the address. */
export function useSearchFilter() {
  const [tags, setTags] = useUrlParam("tags");
  const [match, setMatch] = useUrlParam("match");
  const [type, setType] = useUrlParam("type");
  const [search, setSearch] = useUrlParam("q");
  const [from, setFrom] = useUrlParam("from");
  const [to, setTo] = useUrlParam("to");
  const filter: SearchFilter = {
    tags: tags ? tags.split(",") : [],
    tagMatch: match === "all" ? "ALL" : "ANY",
    type: assetTypes.find((each) => each === type) ?? null,
    search,
    from,
    to,
  };
  const [fromScene, toScene] = [numberIn(from), numberIn(to)];
  const isBackwards = fromScene !== null && toScene !== null && fromScene > toScene;
  return {
    filter,
    /** The range ends before it begins: nothing is in it. */
    isBackwards,
    variables: {
      tags: filter.tags.length > 0 ? [...filter.tags] : null,
      tagMatch: filter.tagMatch,
      types: filter.type ? [filter.type] : null,
      search: search.trim() || null,
      fromScene,
      toScene,
    },
    setTags: (next: readonly string[]) => setTags(next.join(",")),
    setTagMatch: (next: TagMatch) => setMatch(next === "ALL" ? "all" : ""),
    setType: (next: ProjectAssetType | null) => setType(next ?? ""),
    setSearch,
    setFrom,
    setTo,
  };
}
