import type { ReactNode } from "react";
import { Wordmark } from "#ui/wordmark.tsx";

interface DoorProps {
  title: string;
  children: ReactNode;
}

/** The frame of pages for people who are not signed in. */
export function Door({ title, children }: DoorProps) {
  return (
    <main id="main" className="mx-auto flex min-h-dvh w-full max-w-sm flex-col px-4 pt-[12vh] pb-10">
      <p className="mb-8 flex items-center gap-2">
        <Wordmark />
      </p>
      <h1 className="mb-4 text-xl">{title}</h1>
      {children}
    </main>
  );
}
