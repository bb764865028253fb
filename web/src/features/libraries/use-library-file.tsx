"use client";

import { type ReactNode, useRef, useState } from "react";
import { toast } from "#ui/toast.tsx";
import { type LibraryFile, parseLibraryFile } from "#features/libraries/library-file.ts";

export interface ChosenFile {
  name: string;
  content: LibraryFile;
}

/** Lets a person choose a library's JSON file. A file that is none is said in a toast. */
export function useLibraryFile(): {
  file: ChosenFile | null;
  choose: () => void;
  clear: () => void;
  /** Has to be somewhere on the page. */
  input: ReactNode;
} {
  const ref = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<ChosenFile | null>(null);
  const read = async (chosen: File) => {
    try {
      setFile({ name: chosen.name.replace(/\.json$/i, ""), content: parseLibraryFile(await chosen.text()) });
    } catch (error) {
      toast.error(`${chosen.name} can't be imported`, {
        description: error instanceof Error ? error.message : String(error),
      });
    }
  };
  return {
    file,
    choose: () => ref.current?.click(),
    clear: () => setFile(null),
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
