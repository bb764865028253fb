"use client";

import { type ReactNode, useRef } from "react";
import { toast } from "#ui/toast.tsx";

/** Lets a person choose a JSON file. A file that is none is said in a toast. */
export function useJsonFile(onRead: (name: string, content: unknown) => void): {
  choose: () => void;
  /** Has to be somewhere on the page. */
  input: ReactNode;
} {
  const ref = useRef<HTMLInputElement>(null);
  const read = async (file: File) => {
    try {
      onRead(file.name, JSON.parse(await file.text()));
    } catch {
      toast.error(`${file.name} can't be imported`, { description: "This is no JSON file." });
    }
  };
  return {
    choose: () => ref.current?.click(),
    input: (
      <input
        ref={ref}
        type="file"
        accept=".json,application/json"
        tabIndex={-1}
        aria-hidden
        className="sr-only"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) void read(chosen);
          event.target.value = "";
        }}
      />
    ),
  };
}
