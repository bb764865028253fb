import {
  BookText,
  Braces,
  Clapperboard,
  Columns2,
  Images,
  Languages,
  ListVideo,
  type LucideIcon,
  Palette,
  ScrollText,
  Server,
  Settings,
  Shapes,
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
  { href: "/stories", label: "Stories", icon: ScrollText },
  { href: "/works", label: "Works", icon: Languages },
  { href: "/scene-types", label: "Scene types", icon: Clapperboard },
  { href: "/characters", label: "Characters", icon: Users },
  { href: "/fragments", label: "Fragments", icon: TextQuote },
  { href: "/libraries", label: "Libraries", icon: BookText },
  { href: "/gallery", label: "Gallery", icon: Images },
  { href: "/machines", label: "Machines", icon: Server },
  { href: "/settings", label: "Settings", icon: Settings },
];

/** Pages that other pages lead to: found by name, but without an entry of their own in the navigation. */
export const furtherPages: readonly NavItem[] = [
  { href: "/comparisons", label: "Comparisons", icon: Columns2 },
  { href: "/stories/styles", label: "Visual styles", icon: Palette },
  { href: "/asset-library", label: "Asset library", icon: Shapes },
  { href: "/api-explorer", label: "API explorer", icon: Braces },
];

/** Jobs belong to the queue, comparisons to the gallery, the studio's assets to the stories, the API to the settings; all else lives below its own entry. */
export function isCurrent(href: string, pathname: string): boolean {
  if (href === "/") return pathname === "/" || pathname.startsWith("/jobs");
  if (href === "/settings" && pathname.startsWith("/api-explorer")) return true;
  if (href === "/gallery" && pathname.startsWith("/comparisons")) return true;
  if (href === "/stories" && pathname.startsWith("/asset-library")) return true;
  return pathname === href || pathname.startsWith(`${href}/`);
}
