"use client";

import { useEffect } from "react";
import { Toaster, toast } from "sonner";

/** Where toasts appear: at the top, for what can be pressed is in the corners. */
export function ToastArea({ onReady }: { onReady: (show: typeof toast) => void }) {
  useEffect(() => onReady(toast), [onReady]);
  return (
    <Toaster
      position="top-center"
      offset={{ top: 12 }}
      mobileOffset={{ top: 40 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-2 rounded-md border border-line-strong bg-raised px-3 py-2 font-sans text-base text-ink shadow-float",
          title: "font-medium",
          description: "text-sm text-ink-2",
          icon: "shrink-0 [&_svg]:size-4",
          content: "min-w-0 grow",
          actionButton: "shrink-0 rounded-md px-2 py-1 font-medium text-accent-ink hover:bg-hover",
        },
      }}
    />
  );
}
