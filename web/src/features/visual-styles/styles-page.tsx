"use client";

import { Palette, Plus } from "lucide-react";
import { useState } from "react";
import { StyleDialog } from "#features/visual-styles/style-dialog.tsx";
import { StyleEditor } from "#features/visual-styles/style-editor.tsx";
import { StyleList } from "#features/visual-styles/style-list.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { mayLeave } from "#lib/hooks/use-unsaved-guard.ts";
import { useUrlChoice } from "#lib/hooks/use-url-choice.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Field } from "#ui/field.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const StyleProjectsQuery = graphql(`
  query StyleProjects {
    projects(first: 200) {
      nodes {
        id
        name
        viewerRole
      }
    }
  }
`);

const ProjectStylesQuery = graphql(`
  query ProjectStyles($projectId: ID!) {
    node(id: $projectId) {
      __typename
      id
      ... on Project {
        name
        visualStyles {
          id
          name
          isLocked
          ...StyleRow
          ...EditedStyle
        }
      }
    }
  }
`);

/** The visual styles of a project: how the pictures of its assets look. */
export function StylesPage() {
  const [result, refetch] = useQuery({ query: StyleProjectsQuery });
  const projects = result.data?.projects.nodes ?? [];
  const [project, choose] = useUrlChoice("project", projects);
  const [isCreating, setIsCreating] = useState(false);
  const create = project && (
    <Button needs="CREATOR" variant="primary" onClick={() => setIsCreating(true)}>
      <Plus aria-hidden />
      New style
    </Button>
  );
  return (
    <ProjectAccess role={project?.viewerRole}>
      <PageHeader title="Visual styles" parent={{ href: "/stories", label: "Stories" }} actions={create} />
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-16" />}>
        {() =>
          project ? (
            <>
              <Field label="Project" className="mb-5 w-64 max-w-full">
                <Select
                  value={project.id}
                  onValueChange={(id) => mayLeave() && choose(id)}
                  options={projects.map(({ id, name }) => ({ value: id, label: name }))}
                />
              </Field>
              <ErrorBoundary name="The styles">
                <ProjectStyles
                  key={project.id}
                  projectId={project.id}
                  create={create}
                  isCreating={isCreating}
                  onCreated={() => setIsCreating(false)}
                />
              </ErrorBoundary>
            </>
          ) : (
            <EmptyState icon={Palette} title="No project yet">
              A style belongs to a project; the first project is made with its first character or story.
            </EmptyState>
          )
        }
      </QueryPanel>
    </ProjectAccess>
  );
}

interface ProjectStylesProps {
  projectId: string;
  create: React.ReactNode;
  isCreating: boolean;
  onCreated: () => void;
}

function ProjectStyles({ projectId, create, isCreating, onCreated }: ProjectStylesProps) {
  const [result, refetch] = useQuery({ query: ProjectStylesQuery, variables: { projectId } });
  const { node } = result.data ?? {};
  const styles = node?.__typename === "Project" ? node.visualStyles : [];
  const [style, choose] = useUrlChoice("style", styles);
  const locked = styles.find(({ isLocked }) => isLocked);
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-16" />}>
      {() => (
        <>
          {style ? (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,5fr)]">
              <StyleList styles={styles} chosenId={style.id} onChoose={(id) => mayLeave() && choose(id)} />
              <StyleEditor
                key={style.id}
                style={style}
                projectId={projectId}
                lockedName={locked && locked.id !== style.id ? locked.name : null}
                onChanged={refetch}
              />
            </div>
          ) : (
            <EmptyState icon={Palette} title="No visual style yet" actions={create}>
              A style says how every picture of the project’s characters, places and props is to look. Lock one, and
              pictures can be made.
            </EmptyState>
          )}
          {isCreating && (
            <StyleDialog
              projectId={projectId}
              onClose={onCreated}
              onCreated={(id) => {
                refetch();
                choose(id);
              }}
            />
          )}
        </>
      )}
    </QueryPanel>
  );
}
