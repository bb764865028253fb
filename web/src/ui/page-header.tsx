import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "#ui/link.tsx";

interface PageHeaderProps {
  title: ReactNode;
  /** The list that this page belongs to. */
  parent?: { href: string; label: string };
  meta?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, parent, meta, actions }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        {parent && (
          <Link href={parent.href} className="-ml-1 inline-flex items-center text-sm text-ink-2 hover:text-ink">
            <ChevronLeft aria-hidden className="size-4" />
            {parent.label}
          </Link>
        )}
        <h1 className="text-xl break-words">{title}</h1>
        {meta && <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">{meta}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
