"use client";

import { useState } from "react";
import { graphql } from "#gql/gql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { cn } from "#lib/cn.ts";
import { SearchInput } from "#ui/search-input.tsx";
import { Select } from "#ui/select.tsx";

const FragmentFacetsQuery = graphql(`
  query FragmentFacets($search: String, $category: String, $tags: [String!]) {
    fragmentFacets(search: $search, category: $category, tags: $tags) {
      categories {
        name
        count
      }
      tags {
        name
        count
      }
    }
  }
`);

const shownTags = 12;

interface Props {
  search: string;
  onSearchChange: (search: string) => void;
  category: string;
  onCategoryChange: (category: string) => void;
  tags: readonly string[];
  onTagsChange: (tags: readonly string[]) => void;
  /** What is asked for, once typing has paused. */
  variables: { search: string | null; category: string | null; tags: readonly string[] | null };
}

/** Words, a category, and tags; each choice says how many fragments are left by it. */
export function FragmentFilter(props: Props) {
  const { search, onSearchChange, category, onCategoryChange, tags, onTagsChange, variables } = props;
  const [{ data }] = useQuery({
    query: FragmentFacetsQuery,
    variables: { ...variables, tags: variables.tags ? [...variables.tags] : null },
  });
  const [showsAll, setShowsAll] = useState(false);
  const categories = data?.fragmentFacets.categories ?? [];
  const counts = new Map((data?.fragmentFacets.tags ?? []).map(({ name, count }) => [name, count]));
  // Those that are on come first and stay, whatever the search leaves of them.
  const names = [...tags, ...[...counts.keys()].filter((name) => !tags.includes(name))];
  const shown = showsAll ? names : names.slice(0, Math.max(shownTags, tags.length));
  return (
    <div className="mb-3 flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <SearchInput
          label="Search fragments"
          value={search}
          onValueChange={onSearchChange}
          className="w-72 max-sm:w-full"
        />
        <Select
          aria-label="Category"
          className="w-56 max-sm:w-full"
          value={category}
          onValueChange={onCategoryChange}
          options={[
            { value: "", label: "All categories" },
            ...(category && !categories.some(({ name }) => name === category)
              ? [{ value: category, label: `${category} (0)` }]
              : []),
            ...categories.map(({ name, count }) => ({ value: name, label: `${name} (${count.toLocaleString("en")})` })),
          ]}
        />
      </div>
      {names.length > 0 && (
        <div role="group" aria-label="Filter by tag" className="flex flex-wrap gap-1.5">
          {shown.map((name) => {
            const isOn = tags.includes(name);
            return (
              <button
                key={name}
                type="button"
                aria-pressed={isOn}
                onClick={() => onTagsChange(isOn ? tags.filter((tag) => tag !== name) : [...tags, name])}
                className={cn(
                  "flex h-7 max-w-full shrink-0 items-center gap-1.5 rounded-md border px-2 text-sm transition-colors max-lg:h-8",
                  isOn
                    ? "border-accent bg-accent-soft text-accent-ink"
                    : "border-line-strong text-ink-2 hover:bg-hover",
                )}
              >
                <span className="truncate">{name}</span>
                <span className={cn("tabular-nums", !isOn && "text-ink-3")}>{counts.get(name) ?? 0}</span>
              </button>
            );
          })}
          {names.length > shown.length && (
            <button
              type="button"
              onClick={() => setShowsAll(true)}
              className="h-7 rounded-md px-2 text-sm text-accent-ink hover:underline max-lg:h-8"
            >
              {`${names.length - shown.length} more`}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
