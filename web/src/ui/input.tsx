"use client";

import { type ComponentProps, use } from "react";
import { cn } from "#lib/cn.ts";
import { ReadOnlyContext } from "#ui/access.ts";
import { control } from "#ui/control.ts";
import { useFieldProps } from "#ui/field.tsx";

export function Input({ className, ...props }: ComponentProps<"input">) {
  const isReadOnly = use(ReadOnlyContext);
  return (
    <input
      autoComplete="off"
      {...useFieldProps()}
      className={cn(control, "h-8 max-lg:h-9", className)}
      {...props}
      {...(isReadOnly && { readOnly: true })}
    />
  );
}
