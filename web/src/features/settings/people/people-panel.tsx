"use client";

import { useState } from "react";
import { Invitations } from "#features/settings/people/invitations.tsx";
import { PeopleQuery } from "#features/settings/people/people-operations.ts";
import { PersonRow } from "#features/settings/people/person-row.tsx";
import { SignInEvents } from "#features/settings/people/sign-in-events.tsx";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { LoadMore } from "#ui/load-more.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

/** Who is of the studio, who is invited, and who came in or tried to; for administrators. */
export function PeoplePanel() {
  const [search, setSearch] = useState("");
  const term = useDebounced(search.trim(), 200);
  return (
    <div className="flex flex-col gap-6">
      <div>
        <SearchInput label="Search people" value={search} onValueChange={setSearch} />
        <Pages
          query={PeopleQuery}
          variables={{ search: term || null }}
          select={(data) => data.users}
          loading={<SkeletonRows count={3} className="h-12" />}
          more={(load) => <LoadMore onLoad={load} />}
          failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
        >
          {(people, { totalCount }) =>
            totalCount === 0 ? (
              <p className="py-3 text-ink-2">Nobody has this in name or address.</p>
            ) : (
              <ul aria-label="People" className="divide-y">
                {people.map((person) => (
                  <PersonRow key={person.id} person={person} />
                ))}
              </ul>
            )
          }
        </Pages>
      </div>
      <Invitations />
      <SignInEvents />
    </div>
  );
}
