"use client";

import type { ReactNode } from "react";
import { DryRun } from "#features/workflows/checks/dry-run.tsx";
import { MachineChecks } from "#features/workflows/checks/machine-checks.tsx";
import { StatusPanel } from "#features/workflows/checks/status-panel.tsx";
import { GraphView } from "#features/workflows/graph/graph-view.tsx";
import { ParameterList } from "#features/workflows/parameters/parameter-list.tsx";
import { StagePanel } from "#features/workflows/parameters/stage-panel.tsx";
import { SlotList } from "#features/workflows/slots/slot-list.tsx";
import { OutdatedSceneTypes } from "#features/workflows/versions/outdated-scene-types.tsx";
import { VersionList } from "#features/workflows/versions/version-list.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Panel } from "#ui/panel.tsx";
import { TabPanel, Tabs } from "#ui/tabs.tsx";

const WorkflowTabsFields = graphql(`
  fragment WorkflowTabs on Workflow {
    id
    outdatedSceneTypeCount
    ...SlotList
    ...ParameterList
    ...StagePanel
    ...VersionList
    ...OutdatedSceneTypes
    ...StatusPanel
  }
`);

const views = ["prompts", "parameters", "checks", "versions", "graph"] as const;

/** The sides of a workflow, one at a time; which one is in the address. */
export function WorkflowTabs(props: { workflow: FragmentType<typeof WorkflowTabsFields> }) {
  const workflow = readFragment(WorkflowTabsFields, props.workflow);
  const [view, setView] = useUrlParam("view");
  const outdated = workflow.outdatedSceneTypeCount;
  return (
    <Tabs
      label="Workflow"
      value={views.find((each) => each === view) ?? "prompts"}
      onValueChange={(next) => setView(next === "prompts" ? "" : next)}
      tabs={[
        { value: "prompts", label: "Prompt slots" },
        { value: "parameters", label: "Parameters" },
        { value: "checks", label: "Checks and status" },
        { value: "versions", label: outdated > 0 ? `Versions (${outdated} outdated)` : "Versions" },
        { value: "graph", label: "Graph" },
      ]}
    >
      <View value="prompts" name="The prompt slots">
        <SlotList workflow={workflow} />
      </View>
      <View value="parameters" name="The parameters">
        <ParameterList workflow={workflow} />
        <StagePanel workflow={workflow} />
      </View>
      <View value="checks" name="The checks">
        <Panel title="Status">
          <StatusPanel workflow={workflow} />
        </Panel>
        <Panel title="Machines">
          <MachineChecks workflowId={workflow.id} />
        </Panel>
        <Panel title="Dry run">
          <DryRun workflowId={workflow.id} />
        </Panel>
      </View>
      <View value="versions" name="The versions">
        <OutdatedSceneTypes workflow={workflow} />
        <VersionList workflow={workflow} />
      </View>
      <View value="graph" name="The graph">
        <GraphView workflowId={workflow.id} />
      </View>
    </Tabs>
  );
}

function View({ value, name, children }: { value: (typeof views)[number]; name: string; children: ReactNode }) {
  return (
    <TabPanel value={value}>
      <ErrorBoundary name={name}>
        <div className="flex flex-col gap-8">{children}</div>
      </ErrorBoundary>
    </TabPanel>
  );
}
