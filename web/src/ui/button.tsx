"use client";

import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import { type ComponentProps, isValidElement, type PropsWithChildren, useId } from "react";
import { cn } from "#lib/cn.ts";
import { type Need, useRefused } from "#ui/access.ts";
import { toast } from "#ui/toast.tsx";

const styles = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-on-accent enabled:hover:bg-accent-hover hover:bg-accent-hover",
        secondary: "border-line-strong bg-raised text-ink hover:bg-hover",
        quiet: "border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink",
        danger: "border-transparent bg-bad-fill text-white hover:brightness-110",
      },
      size: {
        sm: "h-7 px-2 text-sm max-lg:h-8",
        md: "h-8 px-3 text-base max-lg:h-9",
        lg: "h-10 px-5 text-lg",
        icon: "size-8 p-0 max-lg:size-9",
        iconSm: "size-6 p-0 max-lg:size-8",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof styles> {
  /** Renders the child (a link, say) with the looks of a button; a refused one leads nowhere. */
  asChild?: boolean;
  isPending?: boolean;
  /** The role that what it does needs. Who has it not can still come to it, and is told why it does nothing. */
  needs?: Need;
}

export function Button({
  className,
  variant,
  size,
  asChild,
  isPending = false,
  needs,
  disabled,
  children,
  type = "button",
  ...props
}: ButtonProps) {
  const look = cn(styles({ variant, size }), className);
  const refusal = useRefused(needs);
  const reasonId = useId();
  if (refusal !== null) {
    const { title: _title, "aria-label": label, ...rest } = props;
    return (
      <button
        {...rest}
        type={type}
        className={look}
        aria-label={label}
        aria-disabled
        aria-describedby={reasonId}
        data-tooltip={label ? `${label}: ${refusal}` : refusal}
        onClick={(event) => {
          // Enter in a field of its form comes here as well, and sends nothing.
          event.preventDefault();
          // On a phone there is no tooltip.
          toast.message(refusal);
        }}
      >
        {asChild && isValidElement<PropsWithChildren>(children) ? children.props.children : children}
        <span id={reasonId} hidden>
          {refusal}
        </span>
      </button>
    );
  }
  if (asChild) {
    return (
      <Slot.Root className={look} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type={type} className={look} disabled={disabled || isPending} aria-busy={isPending} {...props}>
      {isPending && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}
