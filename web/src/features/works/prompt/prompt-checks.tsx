import { CircleAlert, TriangleAlert } from "lucide-react";

interface Props {
  /** Null before the first answer. */
  check: {
    known: readonly string[];
    problems: readonly { offset: number; line: number; column: number; message: string }[];
    warnings: readonly { code: string; message: string }[];
  } | null;
  /** Why the server has refused it. */
  refused: string | undefined;
}

/** What stands against a template, with its places, and the names that it may use. */
export function PromptChecks({ check, refused }: Props) {
  const problems = check?.problems ?? [];
  const warnings = check?.warnings.filter(({ code }) => code !== "MODEL_UNKNOWN") ?? [];
  return (
    <div className="mt-1 flex flex-col gap-1 text-sm">
      <ul role="alert" aria-label="Problems of the template" className="flex flex-col gap-1 text-bad empty:hidden">
        {problems.map(({ offset, line, column, message }) => (
          <li key={offset} className="flex items-start gap-1">
            <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            {`Line ${line}, column ${column}: ${message}`}
          </li>
        ))}
        {problems.length === 0 && refused && (
          <li className="flex items-start gap-1">
            <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            {refused}
          </li>
        )}
      </ul>
      <ul role="status" aria-label="Warnings of the template" className="flex flex-col gap-1 text-warn empty:hidden">
        {warnings.map(({ code, message }) => (
          <li key={code} className="flex items-start gap-1">
            <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            {message}
          </li>
        ))}
      </ul>
      {check && (
        <p className="break-words text-ink-3">
          {"Variables: "}
          <span className="font-mono">{check.known.map((name) => `{${name}}`).join("  ")}</span>
        </p>
      )}
    </div>
  );
}
