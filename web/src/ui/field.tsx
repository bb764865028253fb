"use client";

import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, use, useId } from "react";
import { cn } from "#lib/cn.ts";

interface FieldIds {
  id: string;
  describedBy: string | undefined;
  isInvalid: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

/** Attributes that tie a control to its field's label, help and error. */
export function useFieldProps(): { id?: string; "aria-describedby"?: string; "aria-invalid"?: true } {
  const field = use(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    ...(field.describedBy && { "aria-describedby": field.describedBy }),
    ...(field.isInvalid && { "aria-invalid": true as const }),
  };
}

interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  /** Shown at the right end of the label's line. */
  aside?: ReactNode;
  /** The label stays for screen readers only. */
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

/** A labelled control with its help and its error beside it. */
export function Field({ label, help, error, aside, hideLabel, className, children }: FieldProps) {
  const id = useId();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const describedBy = [help && helpId, error && errorId].filter(Boolean).join(" ") || undefined;
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <div className={cn("flex min-h-5 items-center justify-between gap-2", hideLabel && !aside && "sr-only")}>
        <label htmlFor={id} className={cn("min-w-0 font-medium text-ink-2", hideLabel && "sr-only")}>
          {label}
        </label>
        {aside}
      </div>
      <FieldContext value={{ id, describedBy, isInvalid: Boolean(error) }}>{children}</FieldContext>
      {help && (
        <p id={helpId} className="text-sm text-ink-3">
          {help}
        </p>
      )}
      {error && (
        <p id={errorId} role="alert" className="flex items-start gap-1 text-sm text-bad">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}
