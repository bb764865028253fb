"use client";

import { useState } from "react";
import type { ComboboxProps } from "#ui/combobox.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";

/** What somebody may say of a picker. */
export interface PickerProps extends Pick<
  ComboboxProps,
  "value" | "onValueChange" | "none" | "placeholder" | "disabled" | "needs" | "className"
> {
  label?: string;
}

/** How many a picker shows at once: further ones are searched for. */
export const shownAtOnce = 30;

/** The state of a picker: nothing is asked for until it is opened, and then what was typed when the typing rests. */
export function usePicker() {
  const [isOpen, onOpenChange] = useState(false);
  const [search, onSearchChange] = useState("");
  const settled = useDebounced(search.trim(), 150);
  return { term: settled || null, pause: !isOpen, props: { isOpen, onOpenChange, search, onSearchChange } };
}
