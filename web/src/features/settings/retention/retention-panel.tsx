"use client";

import { CleanUpNow } from "#features/settings/retention/clean-up-now.tsx";
import { LastCleanups } from "#features/settings/retention/last-cleanups.tsx";
import { RetentionQuery } from "#features/settings/retention/retention-operations.ts";
import { RuleRow } from "#features/settings/retention/rule-row.tsx";
import { scheduleInWords } from "#features/settings/retention/schedule.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";

/** How long files are kept, what would go now, and what has gone so far. */
export function RetentionPanel() {
  const [result, retry] = useQuery({ query: RetentionQuery });
  return (
    <QueryPanel result={result} onRetry={retry} loading={<SkeletonRows count={3} />}>
      {({ retention: { rules, schedule } }) => (
        <div className="flex flex-col gap-6">
          <p className="text-ink-2">
            Never deleted: uploads, inputs of jobs that are not over, takes that were not rejected, pictures of
            characters.
          </p>
          <ul className="divide-y">
            {rules.map((rule) => (
              <RuleRow key={rule.kind} rule={rule} />
            ))}
          </ul>
          <p className="text-ink-2">
            {schedule
              ? `Cleaned up by itself ${scheduleInWords(schedule)}.`
              : "Nothing is cleaned up by itself: the schedule is off (CALLSHEET_CLEANUP_CRON)."}
          </p>
          <CleanUpNow />
          <LastCleanups />
        </div>
      )}
    </QueryPanel>
  );
}
