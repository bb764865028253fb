import { Download } from "lucide-react";
import { TranslationState } from "#features/works/translations/translation-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { Badge } from "#ui/badge.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";

/** Where a translation stands, and the version and model that it is made with, as far as they are known. */
export function TranslationBadges(props: { translation: FragmentType<typeof TranslationState> }) {
  const { status, isImported, promptVersion, model, targetLanguage } = readFragment(
    TranslationState,
    props.translation,
  );
  return (
    <>
      {isImported ? (
        <Badge tone="calm">
          <Download aria-hidden />
          Imported
        </Badge>
      ) : (
        <StatusBadge status={status} />
      )}
      {promptVersion && <Badge>{`Prompt version ${promptVersion.number}`}</Badge>}
      {model && (
        <Badge className="min-w-0 max-w-full">
          <span className="truncate">{model}</span>
        </Badge>
      )}
      <span className="text-sm text-ink-3">{targetLanguage}</span>
    </>
  );
}
