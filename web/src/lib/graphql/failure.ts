import type { CombinedError } from "urql";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";

/** What every mutation selects of the error types of its result. */
const FailureFields = graphql(`
  fragment FailureFields on Error {
    code
    message
    path
    ... on ValidationError {
      issues {
        path
        message
      }
    }
    ... on UnavailableError {
      hint
    }
  }
`);

export interface Issue {
  path: string[];
  message: string;
}

/** An expected failure of a mutation, or a request that did not get through. */
export interface Failure {
  code: string;
  message: string;
  hint: string | null;
  issues: Issue[];
}

/** The failure in a mutation's result; null when it is a payload. */
export function failureIn(result: { __typename: string }): Failure | null {
  if (!result.__typename.endsWith("Error")) return null;
  const error = readFragment(FailureFields, result as unknown as FragmentType<typeof FailureFields>);
  const issues = "issues" in error ? error.issues : [];
  const message = error.message.endsWith(" needs the role CREATOR in the project")
    ? "In its project you may look, not change"
    : error.message;
  return {
    code: error.code,
    message,
    hint: ("hint" in error ? error.hint : null) ?? null,
    issues: issues.length === 0 && error.path ? [{ path: error.path, message }] : issues,
  };
}

/** A request error in words that a person can act on. */
export function failureOf(error: CombinedError): Failure {
  const first = error.graphQLErrors[0];
  if (!first) {
    return {
      code: "NETWORK",
      message: "The studio's server did not answer.",
      hint: "Check that it is running, then try again.",
      issues: [],
    };
  }
  const code = first.extensions["code"];
  const misfit = /^Variable "\$input" got invalid value .* at "input\.([^"]+)"; (.+)$/s.exec(first.message);
  if (misfit?.[1] && misfit[2]) {
    // GraphQL itself refuses what its types cannot hold, before the server's own checks can name the field.
    const message = misfit[2].startsWith("Int cannot") ? "Must be a whole number within ±2,147,483,647." : misfit[2];
    return { code: "VALIDATION", message, hint: null, issues: [{ path: misfit[1].split("."), message }] };
  }
  const issues = first.extensions["issues"];
  return {
    code: typeof code === "string" ? code : "INTERNAL",
    message: first.message,
    hint: null,
    issues: Array.isArray(issues) ? (issues as Issue[]) : [],
  };
}

/**
 * The message for one field of a form.
 * @param field dotted path below the input, e.g. `tries` or `params.6.text`
 */
export function issueFor(failure: Failure | null, field: string): string | undefined {
  return failure?.issues.find((issue) => pathOf(issue) === field)?.message;
}

/** Issues that no field of the form shows, so that none is swallowed. */
export function issuesOutside(failure: Failure, fields: readonly string[]): Issue[] {
  return failure.issues.filter((issue) => !fields.includes(pathOf(issue)));
}

export function pathOf(issue: Issue): string {
  return (issue.path[0] === "input" ? issue.path.slice(1) : issue.path).join(".");
}
