import { cn } from "#lib/cn.ts";

interface Props {
  tags: readonly string[];
  /** Tags that go: struck through. */
  isGone?: boolean;
  className?: string;
}

/** Status tags as they are read, such as muddy or torn. */
export function StatusTags({ tags, isGone = false, className }: Props) {
  if (tags.length === 0) return null;
  return (
    <p className={cn("mt-1 flex flex-wrap gap-1", className)}>
      {tags.map((tag) => (
        <span
          key={tag}
          className={cn(
            "max-w-full truncate rounded-full border border-line-strong px-2 text-sm text-ink-2",
            isGone && "border-dashed text-ink-3 line-through",
          )}
        >
          {tag}
        </span>
      ))}
    </p>
  );
}
