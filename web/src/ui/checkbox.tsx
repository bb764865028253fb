"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type MouseEvent, use, useId, useRef, type ReactNode } from "react";
import { cn } from "#lib/cn.ts";
import { ReadOnlyContext } from "#ui/access.ts";

interface CheckboxProps {
  label: ReactNode;
  help?: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
}

const box =
  "relative grid size-4 shrink-0 place-items-center rounded-sm border border-field-line bg-sunken transition-colors disabled:cursor-not-allowed disabled:opacity-50 after:absolute after:-inset-2 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent [[data-theme=light]_&]:bg-raised [[data-theme=light]_&]:data-[state=checked]:bg-accent [[data-theme=light]_&]:data-[state=indeterminate]:bg-accent";

export function Checkbox({ label, help, checked, onCheckedChange, disabled }: CheckboxProps) {
  const id = useId();
  const isReadOnly = use(ReadOnlyContext);
  return (
    <div className="flex items-start gap-2">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={isReadOnly || disabled === true}
        onCheckedChange={(state) => onCheckedChange(state === true)}
        {...(help ? { "aria-describedby": `${id}-help` } : {})}
        className={cn(box, "mt-0.5")}
      >
        <Radix.Indicator>
          <Check className="size-3.5 text-on-accent" strokeWidth={3} />
        </Radix.Indicator>
      </Radix.Root>
      <div className="min-w-0">
        <label htmlFor={id} className="block text-ink">
          {label}
        </label>
        {help && (
          <p id={`${id}-help`} className="text-sm text-ink-3">
            {help}
          </p>
        )}
      </div>
    </div>
  );
}

interface RowCheckboxProps {
  /** Its accessible name; the row says the rest. */
  label: string;
  checked: boolean | "indeterminate";
  /** @param isRange Shift was held: the rows up to the last one pressed are meant as well */
  onCheckedChange: (checked: boolean, isRange: boolean) => void;
}

/** Selects a row of a table, or all of them. */
export function RowCheckbox({ label, checked, onCheckedChange }: RowCheckboxProps) {
  const isRange = useRef(false);
  return (
    <Radix.Root
      aria-label={label}
      checked={checked}
      onClickCapture={(event: MouseEvent) => {
        isRange.current = event.shiftKey;
      }}
      onCheckedChange={(state) => onCheckedChange(state === true, isRange.current)}
      className={cn(box, "mt-0.5")}
    >
      <Radix.Indicator>
        {checked === "indeterminate" ? (
          <Minus className="size-3.5 text-on-accent" strokeWidth={3} />
        ) : (
          <Check className="size-3.5 text-on-accent" strokeWidth={3} />
        )}
      </Radix.Indicator>
    </Radix.Root>
  );
}
