"use client";

import { Lock } from "lucide-react";
import { lazy, Suspense, use } from "react";
import { cn } from "#lib/cn.ts";
import { ReadOnlyContext } from "#ui/access.ts";
import type { PromptVocabulary } from "#ui/prompt-editor/completions.ts";

export interface PromptEditorProps {
  /** Its accessible name. */
  label: string;
  value: string;
  onValueChange?: ((value: string) => void) | undefined;
  /** What holds while nothing is written. */
  placeholder?: string | undefined;
  isReadOnly?: boolean | undefined;
  isInvalid?: boolean | undefined;
  /** Id of the element with help or the error. */
  describedBy?: string | undefined;
  /** What may be named; give the same object as long as nothing in it changes. */
  vocabulary?: PromptVocabulary | undefined;
  className?: string | undefined;
}

const CodeMirror = lazy(() =>
  import("#ui/prompt-editor/code-mirror.tsx").then((module) => ({ default: module.CodeMirror })),
);

/**
 * A text field for prompts: colours `{placeholders}`, `{a|b}`, `%references%` and `(weights:1.3)`, completes keys after
 * `{` and a library's delimiter, and changes weights with Ctrl or Cmd and an arrow key. It grows with its text.
 */
export function PromptEditor(props: PromptEditorProps) {
  const { value, placeholder = "", isInvalid = false, className } = props;
  const isReadOnly = use(ReadOnlyContext) || props.isReadOnly === true;
  return (
    <div
      className={cn("prompt-editor", className)}
      data-readonly={isReadOnly || undefined}
      data-invalid={isInvalid || undefined}
    >
      <Suspense
        fallback={
          <p aria-busy className={cn("prompt-editor-waiting", value === "" && "text-ink-3")}>
            {value || placeholder}
          </p>
        }
      >
        <CodeMirror {...props} isReadOnly={isReadOnly} />
      </Suspense>
      {isReadOnly && <Lock role="img" aria-label="Locked" className="absolute top-2 right-2 size-3.5 text-ink-3" />}
    </div>
  );
}
