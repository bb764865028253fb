"use client";

import { ChevronDown } from "lucide-react";
import { type ComponentProps, use } from "react";
import { cn } from "#lib/cn.ts";
import { type Need, ReadOnlyContext, useRefused } from "#ui/access.ts";
import { control } from "#ui/control.ts";
import { useFieldProps } from "#ui/field.tsx";

interface Option {
  value: string;
  label: string;
}

interface SelectProps extends Omit<ComponentProps<"select">, "onChange" | "children"> {
  options: readonly Option[];
  onValueChange: (value: string) => void;
  /** The role that a choice needs. */
  needs?: Need;
}

/** The platform's own select: typing ahead and phones' pickers come with it. */
export function Select({ options, onValueChange, needs, className, ...props }: SelectProps) {
  const refusal = useRefused(needs);
  const isReadOnly = use(ReadOnlyContext);
  return (
    <span className={cn("relative block min-w-0", className)}>
      <select
        {...useFieldProps()}
        className={cn(control, "h-8 appearance-none truncate pr-7 max-lg:h-9")}
        onChange={(event) => onValueChange(event.target.value)}
        {...props}
        {...((isReadOnly || refusal !== null) && { disabled: true })}
        {...(refusal !== null && { title: refusal })}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-raised text-ink">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-ink-3"
      />
    </span>
  );
}
