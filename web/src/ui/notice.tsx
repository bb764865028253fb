import { CircleAlert, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";

const looks: Record<"info" | "warn" | "bad", { icon: LucideIcon; look: string }> = {
  info: { icon: Info, look: "bg-calm-soft text-calm" },
  warn: { icon: TriangleAlert, look: "bg-warn-soft text-warn" },
  bad: { icon: CircleAlert, look: "bg-bad-soft text-bad" },
};

interface NoticeProps {
  tone: "info" | "warn" | "bad";
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}

export function Notice({ tone, title, children, actions }: NoticeProps) {
  const { icon: Icon, look } = looks[tone];
  return (
    <div role={tone === "bad" ? "alert" : "status"} className={cn("flex gap-2 rounded-md px-3 py-2", look)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 grow">
        <p className="font-medium break-words">{title}</p>
        {children && <div className="break-words text-ink-2">{children}</div>}
      </div>
      {actions}
    </div>
  );
}
