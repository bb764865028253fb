"use client";

import { useEffect, useMemo, useRef } from "react";
import { graphql } from "#gql/gql.ts";
import type { TakeStatus } from "#gql/graphql.ts";
import { cn } from "#lib/cn.ts";
import { sentence } from "#lib/format.ts";
import { CharacterPicker } from "#lib/graphql/pickers/character-picker.tsx";
import { SceneTypePicker } from "#lib/graphql/pickers/scene-type-picker.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { statusIcon } from "#ui/status-badge.tsx";

const TakeFilterQuery = graphql(`
  query TakeFilter($sceneTypeId: ID, $characterId: ID) {
    takeCounts(sceneTypeId: $sceneTypeId, characterId: $characterId) {
      status
      count
    }
  }
`);

/** In the order in which people look for them. */
const statuses = ["REVIEW", "APPROVED", "REJECTED", "GENERATING", "FAILED", "CANCELED"] as const satisfies TakeStatus[];
const isStatus = (value: string): value is (typeof statuses)[number] => (statuses as readonly string[]).includes(value);

/** The takes' filter as it is in the address. */
export function useTakeFilter() {
  const [status, setStatus] = useUrlParam("status");
  const [sceneTypeId, setSceneTypeId] = useUrlParam("scene");
  const [characterId, setCharacterId] = useUrlParam("character");
  const variables = useMemo(
    () => ({
      status: status.split(",").filter(isStatus),
      sceneTypeId: sceneTypeId || null,
      characterId: characterId || null,
    }),
    [status, sceneTypeId, characterId],
  );
  return {
    variables,
    isFiltered: variables.status.length > 0 || sceneTypeId !== "" || characterId !== "",
    set: {
      status: (next: readonly string[]) => setStatus(next.join(",")),
      sceneType: setSceneTypeId,
      character: setCharacterId,
    },
  };
}

interface Props {
  filter: ReturnType<typeof useTakeFilter>;
  /** Every change counts again. */
  revision: number;
}

/** Chips with the number of takes in each state, and whose takes are shown. */
export function TakeFilter({ filter: { variables, set }, revision }: Props) {
  const { sceneTypeId, characterId } = variables;
  const [{ data }, refetch] = useQuery({ query: TakeFilterQuery, variables: { sceneTypeId, characterId } });
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    refetch();
  }, [revision, refetch]);
  const counts = new Map(data?.takeCounts.map(({ status, count }) => [status, count]));
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <div role="group" aria-label="Filter by status" className="flex max-w-full gap-1.5 overflow-x-auto py-0.5">
        {statuses.map((status) => {
          const isOn = variables.status.includes(status);
          const Icon = statusIcon(status);
          const count = data && (counts.get(status) ?? 0);
          return (
            <button
              key={status}
              type="button"
              aria-pressed={isOn}
              onClick={() =>
                set.status(isOn ? variables.status.filter((each) => each !== status) : [...variables.status, status])
              }
              className={cn(
                "flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2 text-sm transition-colors max-lg:h-8",
                isOn ? "border-accent bg-accent-soft text-accent-ink" : "border-line-strong text-ink-2 hover:bg-hover",
              )}
            >
              <Icon aria-hidden className="size-3.5" />
              {status === "REVIEW" ? "To review" : sentence(status)}
              <span className={cn("min-w-4 text-right font-medium", !isOn && (count ? "text-ink" : "text-ink-3"))}>
                {count ?? "–"}
              </span>
            </button>
          );
        })}
      </div>
      <SceneTypePicker
        none="All scene types"
        className="w-40 max-sm:w-[calc(50%-4px)]"
        value={sceneTypeId ?? ""}
        onValueChange={set.sceneType}
      />
      <CharacterPicker
        none="All characters"
        className="w-40 max-sm:w-[calc(50%-4px)]"
        value={characterId ?? ""}
        onValueChange={set.character}
      />
    </div>
  );
}
