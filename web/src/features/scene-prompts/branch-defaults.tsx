import { PencilLine } from "lucide-react";
import { type CollectionDraft, type SavedCollection } from "#features/scene-prompts/collection-draft.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";

interface Props {
  branch: { id: string; name: string };
  fallback: SavedCollection | null;
  draft: CollectionDraft;
  onChange: (draft: CollectionDraft) => void;
}

/** Prompts that the scene has from its branch, for it has none of that name; each can be written for the scene. */
export function BranchDefaults({ branch, fallback, draft, onChange }: Props) {
  const own = new Set([...draft.prompts, ...draft.compositions].map(({ name }) => name.trim()));
  const inherited = fallback?.prompts.filter(({ name }) => !own.has(name)) ?? [];
  return (
    <section aria-labelledby="branch-defaults" className="mt-6">
      <header className="flex flex-wrap items-baseline justify-between gap-2 border-b pb-1">
        <h3 id="branch-defaults" className="text-ink-2">
          {`From the branch ${branch.name}`}
        </h3>
        <Link
          href={`/stories/branches/${encodeURIComponent(branch.id)}/prompts`}
          className="text-sm text-ink-2 underline hover:text-ink"
        >
          Edit the branch’s prompts
        </Link>
      </header>
      {inherited.length === 0 ? (
        <p className="py-3 text-ink-3">
          {fallback ? "The scene says all of them itself." : "The branch has no prompts that its scenes fall back to."}
        </p>
      ) : (
        <ul className="divide-y">
          {inherited.map((prompt) => (
            <li key={prompt.name} className="flex items-start gap-3 py-2">
              <span className="w-32 shrink-0 font-mono break-words text-ink-2 max-sm:w-24">{prompt.name}</span>
              <span className="min-w-0 grow break-words whitespace-pre-wrap text-ink-2">
                {prompt.value || <span className="text-ink-3">Empty</span>}
              </span>
              <Button
                size="sm"
                aria-label={`Write ${prompt.name} for this scene`}
                onClick={() =>
                  onChange({
                    ...draft,
                    prompts: [
                      ...draft.prompts,
                      {
                        key: uniqueKey(),
                        name: prompt.name,
                        value: prompt.value,
                        category: prompt.category ?? "",
                        description: prompt.description ?? "",
                        tags: prompt.tags,
                      },
                    ],
                  })
                }
              >
                <PencilLine aria-hidden />
                Write
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
