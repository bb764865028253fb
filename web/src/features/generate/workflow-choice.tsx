import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface WorkflowChoiceProps {
  title: string;
  workflows: readonly { id: string; name: string; description?: string | null }[];
  /** What to say where there is none. */
  empty: ReactNode;
  onChoose: (id: string) => void;
}

/** Where no workflow is chosen yet: each is one press away. */
export function WorkflowChoice({ title, workflows, empty, onChoose }: WorkflowChoiceProps) {
  return (
    <section className="max-w-2xl">
      {workflows.length === 0 ? (
        empty
      ) : (
        <>
          <h2 className="mb-1 text-lg font-medium">{title}</h2>
          <p className="mb-3 text-ink-2">Its prompts and settings become the form here.</p>
          <ul className="divide-y border-y">
            {workflows.map(({ id, name, description }) => (
              <li key={id}>
                <button
                  type="button"
                  onClick={() => onChoose(id)}
                  className="flex min-h-11 w-full items-center gap-3 py-2 text-left hover:text-accent-ink"
                >
                  <span className="min-w-0 grow">
                    <span className="block font-medium break-words">{name}</span>
                    {description && <span className="block truncate text-ink-2">{description}</span>}
                  </span>
                  <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3" />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
