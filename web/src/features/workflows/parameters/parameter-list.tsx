"use client";

import { MoreHorizontal, Pencil, Plus, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { ParameterDialog } from "#features/workflows/parameters/parameter-dialog.tsx";
import { type Parameter, ParameterListFields } from "#features/workflows/parameters/parameter-fields.ts";
import {
  RemoveWorkflowParameter,
  ReorderWorkflowParameters,
  ResetWorkflowParameters,
} from "#features/workflows/parameters/parameter-operations.ts";
import { ParameterColumns, ParameterRow } from "#features/workflows/parameters/parameter-row.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "#ui/dropdown-menu.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { SortableItem, SortableList, withMoved } from "#ui/sortable.tsx";

type Asked = { kind: "remove"; parameter: Parameter } | { kind: "resetAll" } | null;

/** What people may set at each submit: edited, added, removed and put in order here. */
export function ParameterList(props: { workflow: FragmentType<typeof ParameterListFields> }) {
  const { id: workflowId, parameters: saved } = readFragment(ParameterListFields, props.workflow);
  /** A key; empty for a new parameter. */
  const [editing, setEditing] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const [saving, setSaving] = useState<string[] | null>(null);
  const order = useAction(ReorderWorkflowParameters);
  const remove = useAction(RemoveWorkflowParameter);
  const reset = useAction(ResetWorkflowParameters);
  const parameters = saving ? saved.toSorted((a, b) => saving.indexOf(a.key) - saving.indexOf(b.key)) : saved;
  const edited = parameters.find(({ key }) => key === editing);

  const reorder = async (keys: string[]) => {
    setSaving(keys);
    await order.run({ input: { workflowId, keys } });
    setSaving(null);
  };
  const confirm = async () => {
    if (!asked) return;
    const done =
      asked.kind === "remove"
        ? await remove.run({ input: { workflowId, key: asked.parameter.key } })
        : await reset.run({ input: { workflowId } });
    if (done) setAsked(null);
  };
  const close = () => {
    setAsked(null);
    remove.reset();
    reset.reset();
  };

  const ids = parameters.map(({ key }) => key);
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <p className="min-w-0 grow text-ink-2">
          {saved.length === 0
            ? "No settings were found in the graph."
            : "The form of every submit is made of these, in this order."}
        </p>
        <Button size="sm" variant="quiet" onClick={() => setAsked({ kind: "resetAll" })}>
          <RotateCcw aria-hidden />
          Reset all…
        </Button>
        <Button needs="ADMIN" size="sm" onClick={() => setEditing("")}>
          <Plus aria-hidden />
          Add parameter
        </Button>
      </div>
      <FailureNotice failure={order.failure ?? (asked ? null : reset.failure)} />
      {parameters.length > 0 && <ParameterColumns />}
      <SortableList
        needs="ADMIN"
        label="Parameters"
        ids={ids}
        nameOf={(id) => parameters[ids.indexOf(id)]?.label ?? ""}
        onMove={(from, to) => void reorder(withMoved(ids, from, to))}
        isDisabled={saving !== null}
        className="divide-y max-sm:border-t"
      >
        {parameters.map((parameter) => (
          <SortableItem
            key={parameter.key}
            id={parameter.key}
            name={parameter.label}
            isDisabled={saving !== null}
            className="flex items-start gap-2 py-2"
          >
            <ParameterRow parameter={parameter} />
            <IconButton
              needs="ADMIN"
              label={`Edit ${parameter.label}`}
              size="iconSm"
              icon={<Pencil />}
              onClick={() => setEditing(parameter.key)}
            />
            <DropdownMenu
              trigger={
                <Button variant="quiet" size="iconSm" aria-label={`More about ${parameter.label}`}>
                  <MoreHorizontal aria-hidden />
                </Button>
              }
            >
              <MenuItem
                needs="ADMIN"
                icon={<RotateCcw />}
                disabled={!parameter.isEdited}
                onSelect={() => void reset.run({ input: { workflowId, keys: [parameter.key] } })}
              >
                Reset to the graph
              </MenuItem>
              <MenuSeparator />
              <MenuItem
                needs="ADMIN"
                icon={<Trash2 />}
                isDangerous
                onSelect={() => setAsked({ kind: "remove", parameter })}
              >
                Remove…
              </MenuItem>
            </DropdownMenu>
          </SortableItem>
        ))}
      </SortableList>
      {editing !== null && (editing === "" || edited) && (
        <ParameterDialog
          key={editing}
          workflowId={workflowId}
          parameter={edited ?? null}
          others={parameters.filter(({ key }) => key !== editing)}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmDialog
        isOpen={asked !== null}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={asked?.kind === "remove" ? `Remove ${asked.parameter.label}?` : "Reset all parameters?"}
        confirmLabel={asked?.kind === "remove" ? "Remove parameter" : "Reset all"}
        isDangerous
        isPending={remove.isPending || reset.isPending}
        onConfirm={() => void confirm()}
      >
        {asked?.kind === "remove" ? (
          <p>
            Nobody can set it any more; the graph's own value is used. Resetting all brings back what the graph has.
          </p>
        ) : (
          <p>
            Labels, limits, order and everything else that was edited, added or removed here goes back to the graph.
          </p>
        )}
        <FailureNotice failure={remove.failure ?? reset.failure} />
      </ConfirmDialog>
    </div>
  );
}
