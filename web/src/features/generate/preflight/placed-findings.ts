import { type FormParameter, slotKey } from "#features/generate/form-values.ts";

export interface Finding {
  code: string;
  isBlocking: boolean;
  message: string;
  remedy: string;
  path: readonly string[];
  nodeId?: string | null;
  inputName?: string | null;
  suggestions: readonly string[];
}

export interface FindingOfRuns {
  finding: Finding;
  runCount: number;
}

export interface PlacedFindings {
  /** Texts by dotted place in the input, such as `params.6.text`, `tries` or `inputs.0`. */
  atFields: ReadonlyMap<string, string>;
  /** What no field shows. */
  elsewhere: readonly FindingOfRuns[];
}

/**
 * Puts findings where a person can mend them: at the field that they name, or that sets the node's input they name. Of
 * several blocking ones at a field the first is shown.
 * @param fileParameter the one that the job's input files go to: its field is "inputs"
 */
export function placedFindings(
  findings: readonly FindingOfRuns[],
  fields: readonly string[],
  parameters: readonly FormParameter[],
  fileParameter: FormParameter | null = null,
): PlacedFindings {
  const atFields = new Map<string, string>();
  const elsewhere: FindingOfRuns[] = [];
  const fieldAt = new Map(
    parameters.flatMap(({ key, bindings }) =>
      bindings.map((binding) => [slotKey(binding), key === fileParameter?.key ? "inputs" : `params.${key}`] as const),
    ),
  );
  for (const each of findings) {
    const { finding } = each;
    const field = finding.isBlocking ? fieldOf(finding, fields, fieldAt) : undefined;
    if (field === undefined) elsewhere.push(each);
    else if (!atFields.has(field)) atFields.set(field, findingText(finding));
  }
  return { atFields, elsewhere };
}

function fieldOf(
  { path, nodeId, inputName }: Finding,
  fields: readonly string[],
  fieldAt: ReadonlyMap<string, string>,
): string | undefined {
  const places = path.map((_part, index) => path.slice(0, path.length - index).join("."));
  if (path[0] === "prompts") places.push(`params.${path.slice(1).join(".")}`);
  if (nodeId && inputName) {
    places.push(`params.${nodeId}.${inputName}`);
    const field = fieldAt.get(`${nodeId}.${inputName}`);
    if (field) places.push(field);
  }
  return places.find((place) => fields.includes(place));
}

/** What is wrong and what to do. */
function findingText({ message, remedy, suggestions }: Finding): string {
  const near = suggestions.length > 0 ? ` Near: ${suggestions.join(", ")}.` : "";
  return `${sentenceOf(message)} ${remedy}${near}`;
}

function sentenceOf(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
