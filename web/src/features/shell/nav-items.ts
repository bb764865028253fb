import {
  BookText,
  Clapperboard,
  Columns2,
  Images,
  ListVideo,
  type LucideIcon,
  Server,
  Sparkles,
  TextQuote,
  Users,
  Workflow,
} from "lucide-react";

export interface NavItem {
  href: string;
  label: string;
  icon: LucideIcon;
}

export const navItems: readonly NavItem[] = [
  { href: "/", label: "Queue", icon: ListVideo },
  { href: "/generate", label: "Generate", icon: Sparkles },
  { href: "/workflows", label: "Workflows", icon: Workflow },
  { href: "/scene-types", label: "Scene types", icon: Clapperboard },
  { href: "/characters", label: "Characters", icon: Users },
  { href: "/fragments", label: "Fragments", icon: TextQuote },
  { href: "/libraries", label: "Libraries", icon: BookText },
  { href: "/gallery", label: "Gallery", icon: Images },
  { href: "/machines", label: "Machines", icon: Server },
];

/** Pages that other pages lead to: found by name, but without an entry of their own in the navigation. */
export const furtherPages: readonly NavItem[] = [{ href: "/comparisons", label: "Comparisons", icon: Columns2 }];

/** Jobs belong to the queue, comparisons to the gallery; everything else lives below its own entry. */
export function isCurrent(href: string, pathname: string): boolean {
  if (href === "/") return pathname === "/" || pathname.startsWith("/jobs");
  if (href === "/gallery" && pathname.startsWith("/comparisons")) return true;
  return pathname === href || pathname.startsWith(`${href}/`);
}
