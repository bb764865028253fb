import { isImageMode, modeOf, type Mode, type ModeWorkflow } from "#features/generate/modes.ts";
import {
  activeOf,
  type Draft,
  type DraftPlace,
  type DroppedFile,
  emptyDraft,
  type Inputs,
  inputsIn,
  placeOf,
  type Workspace,
  type Workspaces,
} from "#features/generate/workspaces/workspace.ts";

/** A workspace keeps the values of so many workflows; those that were not touched for longest go first. */
const maxDrafts = 60;

function freshWorkspace(id: string, taken: readonly string[] = []): Workspace {
  let number = 1;
  while (taken.includes(`Workspace ${number}`)) number += 1;
  return {
    id,
    name: `Workspace ${number}`,
    mode: "TEXT_TO_IMAGE",
    imageMode: "TEXT_TO_IMAGE",
    workflows: {},
    inputs: {},
    drafts: {},
  };
}

export function freshWorkspaces(id: string): Workspaces {
  return { activeId: id, list: [freshWorkspace(id)] };
}

/** Adds one with defaults behind the others and shows it. */
export function added(all: Workspaces, id: string): Workspaces {
  const names = all.list.map(({ name }) => name);
  return { activeId: id, list: [...all.list, freshWorkspace(id, names)] };
}

/** The neighbour to the right becomes active, or else the one to the left; the last one is replaced by a fresh one. */
export function closed(all: Workspaces, id: string, freshId: string): Workspaces {
  const at = all.list.findIndex((workspace) => workspace.id === id);
  if (at < 0) return all;
  const list = all.list.toSpliced(at, 1);
  const neighbour = list[at] ?? list.at(-1);
  if (!neighbour) return freshWorkspaces(freshId);
  return { activeId: all.activeId === id ? neighbour.id : all.activeId, list };
}

/** Puts a closed one back where it was, and shows it. A fresh one that only took its place goes. */
export function reopened(all: Workspaces, workspace: Workspace, at: number, placeholderId: string): Workspaces {
  const list = all.list.filter(({ id }) => id !== placeholderId && id !== workspace.id);
  return { activeId: workspace.id, list: list.toSpliced(Math.max(0, at), 0, workspace) };
}

/** A blank name leaves it as it was. */
export function renamed(all: Workspaces, id: string, name: string): Workspaces {
  const text = name.trim().slice(0, 60);
  return text ? replaced(all, id, (workspace) => ({ ...workspace, name: text })) : all;
}

export function moved(all: Workspaces, from: number, to: number): Workspaces {
  const workspace = all.list[from];
  if (!workspace || to < 0 || to >= all.list.length) return all;
  return { ...all, list: all.list.toSpliced(from, 1).toSpliced(to, 0, workspace) };
}

export function activated(all: Workspaces, id: string): Workspaces {
  return all.list.some((workspace) => workspace.id === id) ? { ...all, activeId: id } : all;
}

export function withMode(all: Workspaces, mode: Mode): Workspaces {
  return replaced(all, all.activeId, (workspace) => ({
    ...workspace,
    mode,
    ...(isImageMode(mode) && { imageMode: mode }),
  }));
}

/** Chooses a workflow in the mode that it belongs to. */
export function opened(all: Workspaces, workflow: ModeWorkflow & { id: string }): Workspaces {
  return replaced(all, all.activeId, (workspace) => {
    const mode = modeOf(workflow, workspace.mode);
    const workflows = { ...workspace.workflows, [mode]: workflow.id };
    return { ...workspace, mode, ...(isImageMode(mode) && { imageMode: mode }), workflows };
  });
}

/** Changes the draft that is open, or another one that was: what comes late goes where it was asked for. */
export function withDraft(
  all: Workspaces,
  change: (draft: Draft) => Partial<Draft>,
  place: DraftPlace = placeOf(activeOf(all)),
): Workspaces {
  return replaced(all, place.workspaceId, (workspace) => {
    const draft = workspace.drafts[place.key] ?? emptyDraft;
    const others = Object.entries(workspace.drafts).filter(([key]) => key !== place.key);
    const kept = others.slice(-(maxDrafts - 1));
    return { ...workspace, drafts: Object.fromEntries([...kept, [place.key, { ...draft, ...change(draft) }]]) };
  });
}

export function withInputs(all: Workspaces, change: (inputs: Inputs) => Partial<Inputs>): Workspaces {
  return replaced(all, all.activeId, (workspace) => {
    const inputs = inputsIn(workspace);
    return { ...workspace, inputs: { ...workspace.inputs, [workspace.mode]: { ...inputs, ...change(inputs) } } };
  });
}

/** A file has been uploaded, in whichever workspace it was dropped. */
export function withUploaded(all: Workspaces, key: string, { id, name }: { id: string; name: string }): Workspaces {
  const uploaded = (file: DroppedFile) =>
    file.key === key ? { ...file, assetId: id, ...(name !== file.name && { storedName: name }) } : file;
  return {
    ...all,
    list: all.list.map((workspace) => ({
      ...workspace,
      inputs: Object.fromEntries(
        Object.entries(workspace.inputs).map(([mode, inputs]) => [
          mode,
          { ...inputs, files: inputs.files.map(uploaded) },
        ]),
      ),
    })),
  };
}

/** What another window has stored, with this window's own open workspace as it is here. */
export function withOthers(mine: Workspaces, stored: Workspaces): Workspaces {
  const own = activeOf(mine);
  if (!stored.list.some(({ id }) => id === own.id)) return { activeId: own.id, list: [...stored.list, own] };
  return { activeId: own.id, list: stored.list.map((workspace) => (workspace.id === own.id ? own : workspace)) };
}

export function replaced(all: Workspaces, id: string, change: (workspace: Workspace) => Workspace): Workspaces {
  return { ...all, list: all.list.map((workspace) => (workspace.id === id ? change(workspace) : workspace)) };
}
