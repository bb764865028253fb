import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { diffFields, diffText, type FieldChange, type TextChange } from "#domains/works/logic/diff-prompts.ts";
import { requireVersion } from "#domains/works/prompt-versions.service.ts";
import { ValidationError } from "#lib/domain-error.ts";
import type { JsonValue } from "#lib/json.ts";
import type { PromptVersion } from "#platform/db/generated/client.ts";

export interface PromptVersionDiff {
  from: PromptVersion;
  to: PromptVersion;
  template: TextChange[];
  fields: FieldChange[];
}

/** What changed from one version of a prompt to another. @throws NotFoundError, ValidationError */
export async function diffPromptVersions(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  fromId: string,
  toId: string,
): Promise<PromptVersionDiff> {
  const from = await requireVersion(deps, viewer, fromId, ["fromId"]);
  const to = await requireVersion(deps, viewer, toId, ["toId"]);
  if (from.promptId !== to.promptId) throw ValidationError.at(["toId"], "the two versions belong to different prompts");
  return {
    from,
    to,
    template: diffText(from.template, to.template),
    fields: diffFields(fieldsOf(from), fieldsOf(to)),
  };
}

function fieldsOf({ model, parameters, metadata }: PromptVersion) {
  return { model, parameters: parameters as JsonValue, metadata: metadata as JsonValue };
}
