"use client";

import { AttachedList } from "#features/libraries/attached-list.tsx";
import { LibraryTester } from "#features/libraries/library-tester.tsx";
import { readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { ProjectPicker } from "#lib/graphql/pickers/project-picker.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlChoice } from "#lib/hooks/use-url-choice.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Disclosure } from "#ui/disclosure.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

/** The project in the address, and the newest one for when that is none. */
const AttachedLibrariesQuery = graphql(`
  query AttachedLibraries($id: ID!, $isChosen: Boolean!) {
    node(id: $id) @include(if: $isChosen) {
      __typename
      id
      ...AttachingProject
    }
    projects(first: 1) {
      nodes {
        ...AttachingProject
      }
    }
  }
`);

const AttachingProject = graphql(`
  fragment AttachingProject on Project {
    id
    viewerRole
    libraries {
      id
      name
    }
  }
`);

/** Which libraries count in a project's prompts, in the order of look-up. */
export function AttachedLibraries() {
  const [param] = useUrlParam("project");
  const [result, refetch] = useQuery({
    query: AttachedLibrariesQuery,
    variables: { id: param, isChosen: param !== "" },
  });
  const { node, projects } = result.data ?? {};
  const known = [...(node?.__typename === "Project" ? [node] : []), ...(projects?.nodes ?? [])];
  const [project, setChosen] = useUrlChoice("project", readFragment(AttachingProject, known));
  return (
    <Panel
      title="In a project"
      actions={project && <ProjectPicker className="w-56 max-sm:w-44" value={project.id} onValueChange={setChosen} />}
    >
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-9" />}>
        {() => {
          if (!project) return <p className="text-ink-2">There is no project yet. Create one with the characters.</p>;
          const ids = project.libraries.map(({ id }) => id);
          return (
            <ProjectAccess role={project.viewerRole}>
              <p className="mb-3 text-ink-2">
                Its prompts insert the entries of these. A key that several have comes from the first.
              </p>
              <AttachedList key={project.id} projectId={project.id} attached={project.libraries} />
              <Disclosure title="Try them" className="mt-4">
                <LibraryTester libraryIds={ids} placeholder="%key%, dusk" />
              </Disclosure>
            </ProjectAccess>
          );
        }}
      </QueryPanel>
    </Panel>
  );
}
