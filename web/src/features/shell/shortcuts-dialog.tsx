import { Fragment } from "react";
import { Dialog } from "#ui/dialog.tsx";
import { Kbd } from "#ui/kbd.tsx";

const shortcuts: readonly [keys: readonly string[], meaning: string][] = [
  [["Ctrl", "K"], "Commands: go anywhere, find anything"],
  [["?"], "This list"],
  [["Ctrl", "↵"], "Generate, on the Generate page"],
  [["←", "→"], "Previous and next picture in the large view"],
  [["Alt", "↑ ↓"], "Move the fragment in focus"],
  [["Esc"], "Close what is open"],
];

interface ShortcutsDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function ShortcutsDialog({ isOpen, onOpenChange }: ShortcutsDialogProps) {
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="Keyboard shortcuts" className="max-w-md">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {shortcuts.map(([keys, meaning]) => (
          <Fragment key={meaning}>
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-ink-2">{meaning}</dd>
          </Fragment>
        ))}
      </dl>
      <p className="mt-3 text-sm text-ink-3">On a Mac, Cmd works in place of Ctrl.</p>
    </Dialog>
  );
}
