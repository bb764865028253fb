import { Clapperboard, Images, ListVideo, type LucideIcon, Server, Sparkles, Users, Workflow } from "lucide-react";

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
  { href: "/gallery", label: "Gallery", icon: Images },
  { href: "/machines", label: "Machines", icon: Server },
];

/** Jobs belong to the queue; everything else lives below its own entry. */
export function isCurrent(href: string, pathname: string): boolean {
  if (href === "/") return pathname === "/" || pathname.startsWith("/jobs");
  return pathname === href || pathname.startsWith(`${href}/`);
}
