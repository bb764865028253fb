import { cloneElement, type ReactElement } from "react";

/** Says `content` about its child while the pointer rests on it; shown by the one `TooltipLayer`. */
export function Tooltip({
  content,
  children,
}: {
  content: string;
  children: ReactElement<{ "data-tooltip"?: string }>;
}) {
  return cloneElement(children, { "data-tooltip": content });
}
