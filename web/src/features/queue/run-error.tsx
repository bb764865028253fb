import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { Disclosure } from "#ui/disclosure.tsx";
import { JsonTree } from "#ui/json-tree.tsx";

const RunErrorFields = graphql(`
  fragment RunErrorView on RunError {
    code
    message
    nodeId
    nodeType
    details
  }
`);

/** Why a run failed, in a sentence and by node; the machine's own words are folded below. */
export function RunErrorView(props: { error: FragmentType<typeof RunErrorFields> }) {
  const error = readFragment(RunErrorFields, props.error);
  const traceback = tracebackOf(error.details);
  return (
    <div className="mt-1 max-w-3xl">
      <p className="break-words text-bad">
        {error.message}
        <span className="ml-2 text-sm text-ink-3">
          {[error.code, error.nodeType, error.nodeId && `node ${error.nodeId}`].filter(Boolean).join(", ")}
        </span>
      </p>
      {error.details != null && (
        <Disclosure title="Details">
          {traceback ? (
            <pre tabIndex={0} className="max-h-72 overflow-auto rounded-md border bg-sunken p-2 font-mono text-sm">
              {traceback}
            </pre>
          ) : (
            <JsonTree label="Details of the error" value={error.details} />
          )}
        </Disclosure>
      )}
    </div>
  );
}

/** ComfyUI gives a Python traceback as a list of lines. */
function tracebackOf(details: unknown): string | null {
  if (typeof details === "string") return details;
  if (details === null || typeof details !== "object" || !("traceback" in details)) return null;
  const { traceback } = details;
  if (Array.isArray(traceback)) return traceback.join("");
  return typeof traceback === "string" ? traceback : null;
}
