import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";
import { IconButton } from "#ui/icon-button.tsx";

interface ToggleButtonProps {
  label: string;
  icon: ReactNode;
  isOn: boolean;
  onToggle: () => void;
}

/** A switch of the picture's own controls. */
export function ToggleButton({ label, icon, isOn, onToggle }: ToggleButtonProps) {
  return (
    <IconButton
      label={label}
      icon={icon}
      aria-pressed={isOn}
      onClick={onToggle}
      className={cn(isOn && "text-accent-ink")}
    />
  );
}
