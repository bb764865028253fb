import { cn } from "#lib/cn.ts";
import { CopyButton } from "#ui/copy-button.tsx";

/** The text that a composition becomes. */
export function ComposedText({ name, text, isStale }: { name: string; text: string; isStale: boolean }) {
  return (
    <section aria-label={`${name}, composed`} className="min-w-0">
      <p className="flex min-h-7 items-center gap-1 text-sm text-ink-3">
        Becomes
        {text !== "" && <CopyButton text={text} label={`Copy ${name} as composed`} />}
      </p>
      {text === "" ? (
        <p className="text-ink-3">{isStale ? "…" : "Nothing: its prompts are empty."}</p>
      ) : (
        <p
          className={cn(
            "text-lg leading-[22px] break-words whitespace-pre-wrap transition-opacity",
            isStale && "opacity-75",
          )}
        >
          {text}
        </p>
      )}
    </section>
  );
}
