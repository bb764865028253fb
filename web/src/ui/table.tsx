import type { ComponentProps } from "react";
import { cn } from "#lib/cn.ts";

/** A table that scrolls sideways on its own when the page is narrower. */
export function Table({ label, className, children, ...props }: ComponentProps<"table"> & { label: string }) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={label}>
      <table className={cn("w-full border-collapse text-left", className)} {...props}>
        {children}
      </table>
    </div>
  );
}

export function Th({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "h-8 border-b px-2 text-sm font-medium whitespace-nowrap text-ink-3 first:pl-0 last:pr-0",
        className,
      )}
      {...props}
    />
  );
}

export function Td({ className, ...props }: ComponentProps<"td">) {
  return <td className={cn("border-b px-2 py-2 align-top first:pl-0 last:pr-0", className)} {...props} />;
}
