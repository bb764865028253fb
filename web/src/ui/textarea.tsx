"use client";

import { type ComponentProps, use } from "react";
import { cn } from "#lib/cn.ts";
import { ReadOnlyContext } from "#ui/access.ts";
import { control } from "#ui/control.ts";
import { useFieldProps } from "#ui/field.tsx";

/** Grows with its text. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  const isReadOnly = use(ReadOnlyContext);
  return (
    <textarea
      {...useFieldProps()}
      className={cn(
        control,
        "field-sizing-content max-h-96 min-h-16 resize-y py-1.5 text-lg leading-[22px]",
        className,
      )}
      {...props}
      {...(isReadOnly && { readOnly: true })}
    />
  );
}
