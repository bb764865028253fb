import { type Failure, issuesOutside, pathOf } from "#lib/graphql/failure.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";

interface FailureNoticeProps {
  failure: Failure | null;
  /** Dotted paths that fields of the form show themselves. */
  shownFields?: readonly string[];
  onRetry?: () => void;
}

/** What went wrong, with the named places that no field shows. */
export function FailureNotice({ failure, shownFields = [], onRetry }: FailureNoticeProps) {
  if (!failure) return null;
  const issues = issuesOutside(failure, shownFields).filter(
    (issue) => issue.message !== failure.message || issue.path.length > 0,
  );
  return (
    <Notice
      tone="bad"
      title={failure.message}
      {...(onRetry && {
        actions: (
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        ),
      })}
    >
      {failure.hint && <p>{failure.hint}</p>}
      {issues.length > 0 && (
        <ul className="mt-1 list-disc pl-4">
          {issues.map((issue) => (
            <li key={`${pathOf(issue)} ${issue.message}`}>
              {pathOf(issue) && <code className="mr-1 font-mono text-sm">{pathOf(issue)}</code>}
              {issue.message !== failure.message && issue.message}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
