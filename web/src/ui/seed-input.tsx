import { Dices } from "lucide-react";
import { use } from "react";
import { ReadOnlyContext } from "#ui/access.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";

interface SeedInputProps {
  value: string;
  onValueChange: (value: string) => void;
  placeholder?: string;
}

/** A seed as text: up to 2^64-1, more than a number can hold. The dice stay within 2^53-1. */
export function SeedInput({ value, onValueChange, placeholder = "Random" }: SeedInputProps) {
  const isReadOnly = use(ReadOnlyContext);
  return (
    <div className="flex gap-1">
      <Input
        inputMode="numeric"
        value={value}
        placeholder={placeholder}
        maxLength={20}
        onChange={(event) => onValueChange(event.target.value.replace(/\D/g, ""))}
      />
      <IconButton
        label="Draw a seed"
        variant="secondary"
        icon={<Dices />}
        disabled={isReadOnly}
        onClick={() => onValueChange(String(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)))}
      />
    </div>
  );
}
