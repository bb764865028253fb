"use client";

import { AttachedList } from "#features/libraries/attached-list.tsx";
import { LibraryTester } from "#features/libraries/library-tester.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlChoice } from "#lib/hooks/use-url-choice.ts";
import { Disclosure } from "#ui/disclosure.tsx";
import { Panel } from "#ui/panel.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const AttachedLibrariesQuery = graphql(`
  query AttachedLibraries {
    projects(first: 200) {
      nodes {
        id
        name
        libraries {
          id
        }
      }
    }
    libraries(first: 200) {
      nodes {
        id
        name
        project {
          id
        }
      }
    }
  }
`);

/** Which libraries count in a project's prompts, in the order of look-up. */
export function AttachedLibraries() {
  const [result, refetch] = useQuery({ query: AttachedLibrariesQuery });
  const projects = result.data?.projects.nodes ?? [];
  const [project, setChosen] = useUrlChoice("project", projects);
  return (
    <Panel
      title="In a project"
      actions={
        project && (
          <Select
            aria-label="Project"
            className="w-56 max-sm:w-44"
            value={project.id}
            onValueChange={setChosen}
            options={projects.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )
      }
    >
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-9" />}>
        {({ libraries }) => {
          if (!project) return <p className="text-ink-2">There is no project yet. Create one with the characters.</p>;
          const ids = project.libraries.map(({ id }) => id);
          return (
            <>
              <p className="mb-3 text-ink-2">
                Its prompts insert the entries of these. A key that several have comes from the first.
              </p>
              <AttachedList
                key={project.id}
                projectId={project.id}
                attachedIds={ids}
                libraries={libraries.nodes.filter((each) => !each.project || each.project.id === project.id)}
              />
              <Disclosure title="Try them" className="mt-4">
                <LibraryTester libraryIds={ids} placeholder="%key%, dusk" />
              </Disclosure>
            </>
          );
        }}
      </QueryPanel>
    </Panel>
  );
}
