"use client";

import { BookmarkPlus, Ellipsis, LayoutTemplate, UsersRound } from "lucide-react";
import { useState } from "react";
import { ApplyManyDialog } from "#features/prompts/overrides/apply-many-dialog.tsx";
import type { EntryDraft } from "#features/prompts/overrides/override-drafts.ts";
import { SaveTemplateDialog } from "#features/prompts/overrides/save-template-dialog.tsx";
import type { OverrideTargets } from "#features/prompts/overrides/scopes.ts";
import { TemplatesSheet } from "#features/prompts/overrides/templates-sheet.tsx";
import { Button } from "#ui/button.tsx";
import { DropdownMenu, MenuItem } from "#ui/dropdown-menu.tsx";

interface Props {
  slot: { id: string; label: string };
  sceneTypeId: string;
  targets: OverrideTargets;
  entries: readonly EntryDraft[];
  onAdd: (entries: readonly EntryDraft[]) => void;
}

/** What else can be done with a slot's fragments: templates, and giving them to many characters. */
export function SlotTools({ slot, sceneTypeId, targets, entries, onAdd }: Props) {
  const [open, setOpen] = useState<"save" | "templates" | "many" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <DropdownMenu
        trigger={
          <Button size="iconSm" variant="quiet" aria-label={`Tools for ${slot.label}`}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem needs="CREATOR" icon={<UsersRound />} onSelect={() => setOpen("many")}>
          Apply to many characters
        </MenuItem>
        <MenuItem needs="CREATOR" icon={<LayoutTemplate />} onSelect={() => setOpen("templates")}>
          Templates
        </MenuItem>
        <MenuItem
          needs="CREATOR"
          icon={<BookmarkPlus />}
          disabled={entries.length === 0}
          onSelect={() => setOpen("save")}
        >
          Save as a template
        </MenuItem>
      </DropdownMenu>
      {open === "save" && <SaveTemplateDialog entries={entries} onClose={close} />}
      {open === "templates" && (
        <TemplatesSheet
          onPick={(added) => {
            onAdd(added);
            close();
          }}
          onClose={close}
        />
      )}
      {open === "many" && (
        <ApplyManyDialog slot={slot} sceneTypeId={sceneTypeId} targets={targets} entries={entries} onClose={close} />
      )}
    </>
  );
}
