"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect } from "react";
import { toast } from "#ui/toast.tsx";
import { showInBrowser } from "#features/shell/notifications/browser-notification.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { isEnd, type Note, withEnd } from "#lib/notifications/notes.ts";
import { changeNotifications, presentNotifications } from "#lib/notifications/store.ts";
import { useNotifications } from "#lib/notifications/use-notifications.ts";

export const JobEndFields = graphql(`
  fragment JobEnd on Job {
    id
    name
    status
    createdAt
    finishedAt
    counts {
      total
      succeeded
      failed
      canceled
    }
  }
`);

const WatchedJobsQuery = graphql(`
  query WatchedJobs($ids: [ID!]!) {
    jobs(ids: $ids, first: 200) {
      nodes {
        id
        name
        ...JobEnd
      }
    }
  }
`);

/** A job that succeeds within this time, in ms, is only added to the list. */
const quickMs = 5_000;

const words: Partial<Record<Note["status"], string>> = {
  SUCCEEDED: "is done",
  PARTIAL: "ended, some runs failed",
  FAILED: "failed",
  CANCELED: "was canceled",
};

/**
 * Tells the ends of watched jobs: those that are heard of, and those that came while nobody listened, which are read once
 * whenever the page opens, comes back, or watches another job.
 * @returns what takes a job from an event, and the jobs that are watched
 */
export function useJobEnds() {
  const router = useRouter();
  const { watched } = useNotifications();
  const [{ data }] = useQuery({
    query: WatchedJobsQuery,
    variables: { ids: [...watched] },
    pause: watched.length === 0,
  });
  const hear = useCallback(
    (source: FragmentType<typeof JobEndFields>) => {
      const { id, name, status, createdAt, finishedAt, counts } = readFragment(JobEndFields, source);
      if (!isEnd(status) || !finishedAt || !presentNotifications().watched.includes(id)) return;
      const { total, succeeded, failed, canceled } = counts;
      const summary = [
        `${succeeded} of ${total} done`,
        failed > 0 && `${failed} failed`,
        canceled > 0 && `${canceled} canceled`,
      ]
        .filter(Boolean)
        .join(", ");
      const path = `/jobs/${encodeURIComponent(id)}`;
      // Whoever looks at the job sees its end.
      const isRead = document.visibilityState === "visible" && window.location.pathname === path;
      let isNews = false;
      changeNotifications((all) => {
        const next = withEnd(all, { jobId: id, name, status, summary, at: finishedAt, isRead });
        isNews = next.notes !== all.notes;
        return next;
      });
      // Another window may have told it already.
      if (!isNews) return;
      const title = `${name} ${words[status] ?? "ended"}`;
      const open = () => router.push(path);
      const say = status === "SUCCEEDED" ? toast.success : status === "FAILED" ? toast.error : toast.warning;
      // Who has just been told that it is queued needs no second word in the same moment.
      const wasQuick = Date.parse(finishedAt) - Date.parse(createdAt) < quickMs;
      if (!isRead && (status !== "SUCCEEDED" || !wasQuick))
        say(title, { description: summary, action: { label: "Open job", onClick: open } });
      showInBrowser(title, summary, `${id} ${finishedAt}`, open);
    },
    [router],
  );
  useEffect(() => {
    for (const job of data?.jobs.nodes ?? []) hear(job);
  }, [data, hear]);
  return { hear, jobs: data?.jobs.nodes.filter(({ id }) => watched.includes(id)) ?? [] };
}
