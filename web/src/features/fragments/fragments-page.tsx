"use client";

import { Plus } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { BulkBar } from "#features/fragments/bulk-bar.tsx";
import { FragmentDialog } from "#features/fragments/fragment-dialog.tsx";
import type { FragmentValues } from "#features/fragments/fragment-row.tsx";
import { FragmentFilter } from "#features/fragments/fragment-filter.tsx";
import { type FragmentFilterVariables, FragmentTable } from "#features/fragments/fragment-table.tsx";
import { OpenFragment } from "#features/fragments/open-fragment.tsx";
import { parseTags } from "#features/fragments/tags.ts";
import { useSelection } from "#lib/hooks/use-selection.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";

/** The fragment library: found by words, category and tags, and changed one by one or many at once. */
export function FragmentsPage() {
  const [searchParam, setSearchParam] = useUrlParam("search");
  const [category, setCategory] = useUrlParam("category");
  const [tagsParam, setTagsParam] = useUrlParam("tags");
  const [openId, setOpenId] = useUrlParam("fragment");
  const [search, setSearch] = useState(searchParam);
  const settled = useDebounced(search.trim(), 200);
  const [isCreating, setIsCreating] = useState(false);
  const selection = useSelection<FragmentValues>();
  useEffect(() => setSearchParam(settled), [settled, setSearchParam]);
  const tags = useMemo(() => parseTags(tagsParam), [tagsParam]);
  const variables = useMemo<FragmentFilterVariables>(
    () => ({ search: settled || null, category: category || null, tags: tags.length > 0 ? tags : null }),
    [settled, category, tags],
  );
  const create = (
    <Button needs="CREATOR" variant="primary" onClick={() => setIsCreating(true)}>
      <Plus aria-hidden />
      New fragment
    </Button>
  );
  return (
    <>
      <PageHeader title="Fragments" actions={create} />
      <ErrorBoundary name="The filters">
        <FragmentFilter
          search={search}
          onSearchChange={setSearch}
          category={category}
          onCategoryChange={setCategory}
          tags={tags}
          onTagsChange={(next) => setTagsParam(next.join(","))}
          variables={variables}
        />
      </ErrorBoundary>
      <ErrorBoundary name="The fragments">
        <FragmentTable
          variables={variables}
          selection={selection}
          onOpen={(fragment) => setOpenId(fragment.id)}
          create={create}
        />
      </ErrorBoundary>
      {selection.selected.length > 0 && (
        <BulkBar selected={selection.selected} onClear={() => selection.setAll(false)} />
      )}
      {isCreating && <FragmentDialog onClose={() => setIsCreating(false)} />}
      {openId && <OpenFragment key={openId} id={openId} onClose={() => setOpenId("")} />}
    </>
  );
}
