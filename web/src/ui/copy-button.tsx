"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "#ui/icon-button.tsx";

interface CopyButtonProps {
  /** A function for what takes long to write, such as megabytes of JSON. */
  text: string | (() => string);
  label: string;
}

/** Copies a text; says so for a moment. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <>
      <IconButton
        label={label}
        size="iconSm"
        icon={isCopied ? <Check className="text-good" /> : <Copy />}
        onClick={() => {
          const copied = navigator.clipboard.writeText(typeof text === "function" ? text() : text);
          void copied.then(() => setIsCopied(true));
        }}
      />
      <span role="status" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </>
  );
}

/** An id or hash in fixed-width type that can be copied. */
export function CopyableId({ name, value }: { name: string; value: string }) {
  return (
    <span className="flex max-w-full min-w-0 items-center gap-1">
      <code className="truncate font-mono text-sm text-ink-2" title={value}>
        {value}
      </code>
      <CopyButton text={value} label={`Copy ${name}`} />
    </span>
  );
}
