"use client";

import { assetKinds, assetTypes } from "#features/stories/asset-types.ts";
import type { useSearchFilter } from "#features/stories/branch/use-search-filter.ts";
import { useRefetchOn } from "#features/stories/use-branch-revision.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Segments } from "#ui/segments.tsx";
import { Select } from "#ui/select.tsx";

const TagCountsQuery = graphql(`
  query TagCounts($branchId: ID!) {
    statusTagCounts(branchId: $branchId) {
      tag
      count
    }
  }
`);

interface Props {
  branchId: string;
  sceneCount: number;
  revision: number;
  search: ReturnType<typeof useSearchFilter>;
}

/** Text, type, scenes and tags that states are looked for by; tags with how often they are there. */
export function StateFilter({ branchId, sceneCount, revision, search }: Props) {
  const { filter, isBackwards, setTags, setTagMatch, setType, setSearch, setFrom, setTo } = search;
  const [{ data }, refetch] = useQuery({ query: TagCountsQuery, variables: { branchId } });
  useRefetchOn(revision, refetch);
  const counts = data?.statusTagCounts ?? [];
  const gone = filter.tags.filter((tag) => counts.every((each) => each.tag !== tag));
  const toggle = (tag: string) =>
    setTags(filter.tags.includes(tag) ? filter.tags.filter((each) => each !== tag) : [...filter.tags, tag]);
  return (
    <div className="flex flex-col gap-4">
      <SearchInput label="Search states" value={filter.search} onValueChange={setSearch} />
      <Select
        aria-label="Type"
        value={filter.type ?? ""}
        onValueChange={(next) => setType(assetTypes.find((type) => type === next) ?? null)}
        options={[
          { value: "", label: "All types" },
          ...assetTypes.map((type) => ({ value: type, label: assetKinds[type].many })),
        ]}
      />
      <div className="flex gap-2">
        <Field label="From scene" className="grow" error={isBackwards ? "Comes after the last one." : undefined}>
          <Input
            type="number"
            min={1}
            max={sceneCount}
            placeholder="1"
            value={filter.from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </Field>
        <Field label="To scene" className="grow">
          <Input
            type="number"
            min={1}
            max={sceneCount}
            placeholder={String(sceneCount)}
            value={filter.to}
            onChange={(event) => setTo(event.target.value)}
          />
        </Field>
      </div>
      {(counts.length > 0 || gone.length > 0) && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 font-medium text-ink-2">Tags</legend>
          <Segments
            label="Which of the tags"
            value={filter.tagMatch}
            onValueChange={setTagMatch}
            segments={[
              { value: "ANY", label: "Any" },
              { value: "ALL", label: "All" },
            ]}
            className="self-start"
          />
          <ul className="flex flex-wrap gap-1.5">
            {[...gone.map((tag) => ({ tag, count: 0 })), ...counts].map(({ tag, count }) => {
              const isOn = filter.tags.includes(tag);
              return (
                <li key={tag}>
                  <button
                    type="button"
                    aria-pressed={isOn}
                    onClick={() => toggle(tag)}
                    className={cn(
                      "flex h-6 items-center gap-1.5 rounded-full border border-field-line px-2.5 text-ink-2 transition-colors hover:text-ink max-lg:h-8",
                      isOn && "border-accent bg-accent-soft font-medium text-accent-ink",
                    )}
                  >
                    {tag}
                    <span className={isOn ? "" : "text-ink-3"}>{count}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </fieldset>
      )}
    </div>
  );
}
