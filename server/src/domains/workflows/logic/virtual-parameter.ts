import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";

type Given = Pick<WorkflowParameter, "key" | "label" | "default"> & { help?: string | undefined; group: string };

/** A switch that writes into no input by itself: it changes how the graph is wired. */
export function flagParameter({ help, group, ...given }: Given): WorkflowParameter {
  return {
    ...virtual,
    ...given,
    type: "BOOLEAN",
    options: null,
    ui: { ...ui, widget: "checkbox", help: help ?? null, group },
  };
}

/** Names the state that the graph is in. */
export function stateParameter({ help, group, options, ...given }: Given & { options: string[] }): WorkflowParameter {
  return { ...virtual, ...given, type: "SELECT", options, ui: { ...ui, widget: "select", help: help ?? null, group } };
}

const virtual = {
  min: null,
  max: null,
  step: null,
  category: "content",
  bindings: [],
} satisfies Partial<WorkflowParameter>;
const ui = { multiline: false, placeholder: null, order: 0, optionsSource: null, visibleWhen: null };
