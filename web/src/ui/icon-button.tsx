import type { ReactNode } from "react";
import { Button, type ButtonProps } from "#ui/button.tsx";

interface IconButtonProps extends Omit<ButtonProps, "aria-label" | "children" | "size"> {
  /** What it does: its accessible name and its tooltip. */
  label: string;
  icon: ReactNode;
  size?: "icon" | "iconSm";
}

export function IconButton({ label, icon, variant = "quiet", size = "icon", ...props }: IconButtonProps) {
  return (
    <Button aria-label={label} data-tooltip={label} variant={variant} size={size} {...props}>
      {!props.isPending && icon}
    </Button>
  );
}
