import { Search } from "lucide-react";
import { cn } from "#lib/cn.ts";
import { Input } from "#ui/input.tsx";

interface SearchInputProps {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  className?: string;
}

export function SearchInput({ label, value, onValueChange, className }: SearchInputProps) {
  return (
    <div role="search" className={cn("relative", className)}>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2 size-4 -translate-y-1/2 text-ink-3" />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        className="pl-8"
      />
    </div>
  );
}
