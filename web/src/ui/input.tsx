import type { ComponentProps } from "react";
import { cn } from "#lib/cn.ts";
import { control } from "#ui/control.ts";
import { useFieldProps } from "#ui/field.tsx";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return (
    <input autoComplete="off" {...useFieldProps()} className={cn(control, "h-8 max-lg:h-9", className)} {...props} />
  );
}
