"use client";

import { useState } from "react";
import { Input } from "#ui/input.tsx";

/** @param onEnd with null when the name stays */
export function RenameField({ name, onEnd }: { name: string; onEnd: (name: string | null) => void }) {
  const [text, setText] = useState(name);
  return (
    <Input
      autoFocus
      aria-label="Name of the workspace"
      className="h-7 w-40 max-lg:h-8"
      maxLength={60}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onEnd(text)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") onEnd(text);
        if (event.key === "Escape") onEnd(null);
      }}
    />
  );
}
