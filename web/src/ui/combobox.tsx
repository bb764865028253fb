"use client";

import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, use, useId, useState } from "react";
import { cn } from "#lib/cn.ts";
import { type Need, ReadOnlyContext, useRefused } from "#ui/access.ts";
import { control } from "#ui/control.ts";
import { useFieldProps } from "#ui/field.tsx";

interface ComboboxOption {
  value: string;
  label: string;
  /** Tells apart options of the same name. */
  detail?: string | undefined;
}

export interface ComboboxProps {
  /** What is chosen from, for people who don't see the field's own label: "Workflow". */
  label: string;
  value: string;
  /** The name of what is chosen, whether or not the search has found it; null while it is not known. */
  chosen: string | null;
  /** What the search has found; null before its first answer. */
  options: readonly ComboboxOption[] | null;
  /** How many there are of what was searched for, more than `options` perhaps. */
  total: number;
  /** The search is under way: what was found before stays to be read, and Enter waits. */
  isBusy: boolean;
  search: string;
  onSearchChange: (search: string) => void;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onValueChange: (value: string) => void;
  /** The choice of none, where there is one: "All workflows". */
  none?: string | undefined;
  /** Said where nothing is chosen. */
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  /** The role that a choice needs. */
  needs?: Need | undefined;
  className?: string | undefined;
}

/** A select for lists too long to be loaded: it opens to a search field, and whoever uses it searches. */
export function Combobox(props: ComboboxProps) {
  const { label, value, chosen, none, placeholder, isOpen, onOpenChange, search, onSearchChange } = props;
  const { className } = props;
  const refusal = useRefused(props.needs);
  const disabled = use(ReadOnlyContext) || refusal !== null || props.disabled;
  const field = useFieldProps();
  const ownId = useId();
  const popupId = useId();
  const setOpen = (next: boolean, text = "") => {
    onSearchChange(text);
    onOpenChange(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // As a select does: arrows open it, and letters search in it.
    const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isLetter && event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setOpen(true, isLetter ? search + event.key : "");
  };
  const shown = value === "" ? (none ?? placeholder ?? "Choose") : (chosen ?? "…");
  return (
    <Popover.Root modal open={isOpen} onOpenChange={(next) => setOpen(next)}>
      <span className={cn("relative block min-w-0", className)}>
        <Popover.Trigger asChild>
          <button
            id={ownId}
            {...field}
            {...(field.id === undefined && { "aria-label": label })}
            type="button"
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={popupId}
            disabled={disabled}
            title={refusal ?? undefined}
            onKeyDown={onKeyDown}
            className={cn(control, "h-8 truncate pr-7 text-left max-lg:h-9", value === "" && !none && "text-ink-3")}
          >
            {shown}
          </button>
        </Popover.Trigger>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-ink-3"
        />
      </span>
      <Popover.Portal>
        <Popover.Content
          aria-label={`Choose: ${label}`}
          align="start"
          sideOffset={4}
          collisionPadding={12}
          onOpenAutoFocus={focusBehind}
          className="z-50 flex max-h-(--radix-popover-content-available-height) w-(--radix-popover-trigger-width) max-w-[calc(100vw-24px)] min-w-72 animate-fade flex-col rounded-md border border-line-strong bg-raised shadow-float outline-none"
        >
          <Choices {...props} id={popupId} onClose={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Choices(props: ComboboxProps & { id: string; onClose: () => void }) {
  const { label, value, options, total, isBusy, search, onSearchChange, onValueChange, none, onClose } = props;
  const [marked, setMarked] = useState(value);
  const choose = (next: string) => {
    onClose();
    if (next !== value) onValueChange(next);
  };
  const all = none !== undefined && search === "" ? [{ value: "", label: none }, ...(options ?? [])] : (options ?? []);
  const left = total - (options?.length ?? 0);
  return (
    <Command
      id={props.id}
      label={label}
      shouldFilter={false}
      value={all.some((option) => option.value === marked) ? keyOf(marked) : keyOf(all[0]?.value ?? "")}
      onValueChange={(key) => setMarked(key.slice(1))}
      onKeyDown={(event) => {
        if (event.key === "Enter" && isBusy) event.preventDefault();
      }}
      className="flex min-h-0 flex-col"
    >
      <Command.Input
        value={search}
        onValueChange={onSearchChange}
        placeholder="Search"
        className="h-9 w-full shrink-0 border-b bg-transparent px-3 text-base -outline-offset-2"
      />
      <Command.List label={label} aria-busy={isBusy} className="max-h-72 min-h-0 overflow-y-auto p-1">
        {options !== null && <Command.Empty className="px-2 py-4 text-ink-2">Nothing of this name.</Command.Empty>}
        {options === null && all.length === 0 && (
          <Command.Loading className="px-2 py-4 text-ink-3">Loading</Command.Loading>
        )}
        {all.map((option) => (
          <Command.Item
            key={option.value}
            value={keyOf(option.value)}
            aria-checked={option.value === value}
            onSelect={() => choose(option.value)}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 max-lg:min-h-10 data-[selected=true]:bg-hover"
          >
            <Check aria-hidden className={cn("size-4 shrink-0", option.value !== value && "invisible")} />
            <span className="min-w-0 grow">
              <span className="block break-words">{option.label}</span>
              {option.detail && <span className="block truncate text-sm text-ink-3">{option.detail}</span>}
            </span>
          </Command.Item>
        ))}
      </Command.List>
      <p role="status" className={cn("border-t px-3 py-1.5 text-sm text-ink-3", left <= 0 && "sr-only")}>
        {options === null ? "" : left > 0 ? `${options.length} of ${total}. Type to find others.` : `${total} found`}
      </p>
    </Command>
  );
}

/** What was typed to open it stays: more letters go behind it. */
function focusBehind(event: Event): void {
  event.preventDefault();
  const input = (event.currentTarget as HTMLElement | null)?.querySelector("input");
  input?.focus();
  input?.setSelectionRange(input.value.length, input.value.length);
}

/** The list keeps its marked entry by a text that is not empty. */
const keyOf = (value: string): string => `-${value}`;
