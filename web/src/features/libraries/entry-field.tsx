import { Undo2, X } from "lucide-react";
import type { EntryRow } from "#features/libraries/library-draft.ts";
import { Badge } from "#ui/badge.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface Props {
  row: EntryRow;
  problem: string | undefined;
  onEdit: (part: { key?: string; text?: string } | null) => void;
  onRestore: () => void;
}

/** One entry of a library. */
export function EntryField({ row, problem, onEdit, onRestore }: Props) {
  const name = row.key || "the new entry";
  if (row.isRemoved) {
    return (
      <li className="flex items-center gap-2 py-2 text-ink-3">
        <span className="min-w-0 grow truncate font-mono line-through">{row.key}</span>
        <Badge tone="live">Will be removed</Badge>
        <IconButton label={`Keep ${name}`} icon={<Undo2 />} onClick={onRestore} />
      </li>
    );
  }
  return (
    <li className="flex items-start gap-2 py-2">
      <div className="flex min-w-0 grow gap-2 max-sm:flex-col">
        <Field label={`Key of ${name}`} hideLabel error={problem} className="w-52 shrink-0 max-sm:w-full">
          <Input
            className="font-mono"
            placeholder="key"
            value={row.key}
            onChange={(event) => onEdit({ key: event.target.value })}
          />
        </Field>
        <Field label={`Text of ${name}`} hideLabel className="grow">
          <Textarea
            className="min-h-8"
            placeholder="text, with %other_key%"
            value={row.text}
            onChange={(event) => onEdit({ text: event.target.value })}
          />
        </Field>
      </div>
      <div className="flex shrink-0 items-center">
        {row.isStored && row.isChanged && (
          <IconButton label={`Undo the changes of ${name}`} icon={<Undo2 />} onClick={onRestore} />
        )}
        <IconButton needs="CREATOR" label={`Remove ${name}`} icon={<X />} onClick={() => onEdit(null)} />
      </div>
    </li>
  );
}
