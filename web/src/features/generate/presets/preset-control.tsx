"use client";

import { BookmarkPlus, Ellipsis, Pencil, Save, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { useClient } from "urql";
import { ApplyPresets, DeletePreset } from "#features/generate/presets/preset-operations.ts";
import type { OwnPreset, PresetKind } from "#features/generate/presets/preset.ts";
import { PresetNameDialog } from "#features/generate/presets/preset-name-dialog.tsx";
import { useSavePreset } from "#features/generate/presets/use-save-preset.ts";
import type { Draft } from "#features/generate/workspaces/workspace.ts";
import type { WorkflowCategory } from "#gql/graphql.ts";
import { failureOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "#ui/dropdown-menu.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";

/** The form that presets are taken from and applied to. */
export interface PresetTarget {
  workflowId: string;
  draft: Draft;
  contentOf: (kind: PresetKind) => object;
  /** @param presets what was applied, by kind */
  onApply: (
    params: Record<string, unknown>,
    settings: Record<string, unknown>,
    presets: Partial<Record<PresetKind, string>>,
  ) => void;
  /** Puts the form back as it was, or notes which preset it stands for. */
  onDraftChange: (change: (draft: Draft) => Partial<Draft>) => void;
}

interface PresetControlProps extends PresetTarget {
  kind: PresetKind;
  category: WorkflowCategory;
  presets: readonly (OwnPreset & { promptPreset?: { id: string } | null })[];
  prompts: readonly OwnPreset[];
}

const words = {
  PROMPT: { label: "Prompt preset", one: "prompts" },
  SETTINGS: { label: "Settings preset", one: "settings" },
} as const;

/** The presets of one kind: choosing one applies it; all else is in its menu. */
export function PresetControl(props: PresetControlProps) {
  const { kind, category, presets, prompts, workflowId, draft, contentOf, onApply, onDraftChange } = props;
  const client = useClient();
  const save = useSavePreset();
  const remove = useAction(DeletePreset);
  const [asking, setAsking] = useState<"NAME" | "RENAME" | "DELETE" | null>(null);
  const { label, one } = words[kind];
  const applied = presets.find(({ id }) => id === draft.presets[kind]);
  const note = (id: string) => onDraftChange((before) => ({ presets: { ...before.presets, [kind]: id } }));

  const apply = async (id: string) => {
    const preset = presets.find((each) => each.id === id);
    if (!preset) return note("");
    const { data, error } = await client
      .query(ApplyPresets, { workflowId, presetIds: [id] }, { requestPolicy: "network-only" })
      .toPromise();
    if (!data) {
      toast.error(error ? failureOf(error).message : "The preset could not be read");
      return;
    }
    const { params, settings, leftOut } = data.applyPresets;
    onApply(params as Record<string, unknown>, settings as Record<string, unknown>, {
      [kind]: id,
      ...(preset.promptPreset && { PROMPT: preset.promptPreset.id }),
    });
    toast.success(`Applied ${preset.name}`, {
      ...(leftOut.length > 0 && {
        description: `Left out: ${leftOut.map(({ name, reason }) => `${name} (${reason})`).join("; ")}`,
      }),
      action: { label: "Undo", onClick: () => onDraftChange(() => draft) },
    });
  };
  const overwrite = async () => {
    if (!applied) return;
    const linked = presets.find(({ id }) => id === applied.id)?.promptPreset?.id;
    const content = contentOf(kind);
    const saved = await save.run({
      kind,
      category,
      name: applied.name,
      content,
      promptPresetId: linked,
      overwrite: true,
    });
    if (saved) toast.success(`Saved ${one} over ${applied.name}`);
  };

  return (
    <div className="flex min-w-0 items-center gap-1 max-sm:w-full">
      <Select
        aria-label={label}
        className="w-48 max-sm:grow"
        value={applied?.id ?? ""}
        onValueChange={(id) => void apply(id)}
        options={[
          { value: "", label: presets.length > 0 ? label : `No ${label.toLowerCase()} yet` },
          ...presets.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <IconButton
        needs="CREATOR"
        label={`Save ${one} as a preset`}
        icon={<BookmarkPlus />}
        onClick={() => {
          save.reset();
          setAsking("NAME");
        }}
      />
      {applied && (
        <DropdownMenu trigger={<IconButton label={`More for ${applied.name}`} icon={<Ellipsis />} />}>
          <MenuItem needs="CREATOR" icon={<Save />} onSelect={() => void overwrite()}>
            {`Save over ${applied.name}`}
          </MenuItem>
          <MenuItem needs="CREATOR" icon={<Pencil />} onSelect={() => setAsking("RENAME")}>
            Rename
          </MenuItem>
          <MenuSeparator />
          <MenuItem needs="CREATOR" icon={<Trash2 />} isDangerous onSelect={() => setAsking("DELETE")}>
            Delete
          </MenuItem>
        </DropdownMenu>
      )}
      {asking === "NAME" && (
        <PresetNameDialog
          title={`Save ${one} as a preset`}
          isPending={save.isPending}
          failure={save.failure}
          takenNames={presets.map(({ name }) => name)}
          prompts={kind === "SETTINGS" ? prompts : []}
          promptPresetId={draft.presets.PROMPT}
          onSave={async ({ name, promptPresetId, overwrite: isOver }) => {
            const content = contentOf(kind);
            const saved = await save.run({ kind, category, name, content, promptPresetId, overwrite: isOver });
            if (!saved) return;
            note(saved.id);
            setAsking(null);
            toast.success(`Saved ${one} as ${saved.name}`);
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === "RENAME" && applied && (
        <PresetNameDialog
          title={`Rename ${applied.name}`}
          name={applied.name}
          isPending={save.isPending}
          failure={save.failure}
          takenNames={[]}
          prompts={[]}
          promptPresetId=""
          onSave={async ({ name }) => {
            if (await save.rename(applied.id, name)) setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
      <ConfirmDialog
        isOpen={asking === "DELETE" && applied !== undefined}
        onOpenChange={(isOpen) => !isOpen && setAsking(null)}
        title={`Delete the preset ${applied?.name ?? ""}?`}
        confirmLabel="Delete"
        isDangerous
        isPending={remove.isPending}
        onConfirm={() =>
          void remove.run({ input: { id: applied?.id ?? "" } }).then((payload) => {
            if (!payload) return;
            setAsking(null);
            note("");
          })
        }
      >
        <p>What the form holds stays.</p>
        <FailureNotice failure={remove.failure} />
      </ConfirmDialog>
    </div>
  );
}
