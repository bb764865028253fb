"use client";

import type { DropdownMenu as Radix } from "radix-ui";
import {
  cloneElement,
  createContext,
  lazy,
  type MouseEventHandler,
  type ReactElement,
  type ReactNode,
  Suspense,
  use,
  useEffect,
  useState,
} from "react";
import { cn } from "#lib/cn.ts";
import { type Need, useRefused } from "#ui/access.ts";

/** What a menu is made of, from a bundle that is loaded with the first menu that is opened. */
export const MenuParts = createContext<MenuContext | null>(null);

interface MenuContext extends Pick<typeof Radix, "Item" | "Separator"> {
  /** Of the element at the menu's end that says why some of it can't be chosen. */
  reasonId: string;
  /** Lets the menu say so, once for all items. */
  onRefused: (reason: string) => void;
}

const load = () => import("#ui/dropdown-menu-parts.tsx");
const OpenedMenu = lazy(async () => ({ default: (await load()).OpenedMenu }));

interface DropdownMenuProps {
  /** One button. */
  trigger: ReactElement<TriggerProps>;
  children: ReactNode;
}

interface TriggerProps {
  onClick?: MouseEventHandler;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  "aria-haspopup"?: "menu";
  "aria-expanded"?: boolean;
}

/** A menu behind a button. A list has one in each row: until it is opened it is no more than the button. */
export function DropdownMenu({ trigger, children }: DropdownMenuProps) {
  const [isWanted, setIsWanted] = useState(false);
  const closed = cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: () => setIsWanted(true),
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
  });
  if (!isWanted) return closed;
  return (
    <Suspense fallback={closed}>
      <OpenedMenu trigger={trigger}>{children}</OpenedMenu>
    </Suspense>
  );
}

interface MenuItemProps {
  icon?: ReactNode;
  isDangerous?: boolean;
  disabled?: boolean;
  /** The role that it needs; who has it not reads why at the end of the menu. */
  needs?: Need;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, isDangerous, disabled, needs, onSelect, children }: MenuItemProps) {
  const parts = use(MenuParts);
  const refusal = useRefused(needs);
  const onRefused = parts?.onRefused;
  useEffect(() => {
    if (refusal !== null) onRefused?.(refusal);
  }, [refusal, onRefused]);
  if (!parts) return null;
  return (
    <parts.Item
      {...(refusal !== null && { "aria-describedby": parts.reasonId })}
      disabled={disabled === true || refusal !== null}
      onSelect={onSelect}
      className={cn(
        "flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 outline-none data-disabled:cursor-not-allowed data-disabled:text-ink-3 data-highlighted:bg-hover max-lg:h-10 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3",
        isDangerous && "not-data-disabled:text-bad not-data-disabled:[&_svg]:text-bad",
      )}
    >
      {icon}
      {children}
    </parts.Item>
  );
}

export function MenuSeparator() {
  const parts = use(MenuParts);
  return parts && <parts.Separator className="my-1 h-px bg-line" />;
}
