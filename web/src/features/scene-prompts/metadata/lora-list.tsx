import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import {
  AddSceneLora,
  RemoveSceneLora,
  ReorderSceneLoras,
  UpdateSceneLora,
} from "#features/scene-prompts/metadata/metadata-operations.ts";
import { SavedInput } from "#features/scene-prompts/metadata/saved-input.tsx";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";
import { SortableItem, SortableList, withMoved } from "#ui/sortable.tsx";

interface Lora {
  name: string;
  strength: number;
  enabled: boolean;
}

/** The LoRAs of a scene in the order in which they are applied; every change is saved at once. */
export function LoraList({ sceneId, loras }: { sceneId: string; loras: readonly Lora[] }) {
  const [name, setName] = useState("");
  /** The order as it was just dragged, until the server has it. */
  const [dragged, setDragged] = useState<string[] | null>(null);
  const add = useAction(AddSceneLora);
  const update = useAction(UpdateSceneLora);
  const remove = useAction(RemoveSceneLora);
  const reorder = useAction(ReorderSceneLoras);
  const names = loras.map((lora) => lora.name);
  const shown = (dragged && dragged.length === names.length ? dragged : names).flatMap(
    (each) => loras.find((lora) => lora.name === each) ?? [],
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && (await add.run({ input: { sceneId, name: name.trim() } }))) setName("");
  };
  const move = async (from: number, to: number) => {
    const next = withMoved(
      shown.map((lora) => lora.name),
      from,
      to,
    );
    setDragged(next);
    await reorder.run({ input: { sceneId, names: next } });
    setDragged(null);
  };
  return (
    <div className="flex flex-col gap-3">
      {shown.length === 0 ? (
        <p className="text-ink-2">No LoRA: the scene is rendered with those of its workflow alone.</p>
      ) : (
        <SortableList
          needs="CREATOR"
          label="LoRAs"
          ids={shown.map((lora) => lora.name)}
          nameOf={(id) => id}
          onMove={(from, to) => void move(from, to)}
          className="divide-y border-y"
        >
          {shown.map((lora) => (
            <SortableItem
              key={lora.name}
              id={lora.name}
              name={lora.name}
              className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2"
            >
              <div className="min-w-40 grow [&_label]:font-mono [&_label]:break-all">
                <Checkbox
                  label={lora.name}
                  checked={lora.enabled}
                  onCheckedChange={(enabled) => void update.run({ input: { sceneId, name: lora.name, enabled } })}
                />
              </div>
              <SavedInput
                label={`Strength of ${lora.name}`}
                hideLabel
                type="number"
                min={-10}
                max={10}
                step={0.05}
                className="w-24"
                value={String(lora.strength)}
                onSave={async (text) =>
                  (await update.attempt({ input: { sceneId, name: lora.name, strength: Number(text) } })).failure
                }
              />
              <IconButton
                needs="CREATOR"
                label={`Remove ${lora.name}`}
                icon={<X />}
                onClick={() => void remove.run({ input: { sceneId, name: lora.name } })}
              />
            </SortableItem>
          ))}
        </SortableList>
      )}
      <form onSubmit={(event) => void submit(event)} className="flex items-end gap-2">
        <Field
          label="LoRA"
          className="max-w-md grow"
          error={issueFor(add.failure, "name") ?? (add.failure?.issues.length === 0 ? add.failure.message : undefined)}
        >
          <Input
            className="font-mono"
            placeholder="file.safetensors"
            maxLength={300}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Button needs="CREATOR" type="submit" isPending={add.isPending} disabled={!name.trim()}>
          <Plus aria-hidden />
          Add LoRA
        </Button>
      </form>
      <FailureNotice failure={remove.failure ?? reorder.failure} />
    </div>
  );
}
