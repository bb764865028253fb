import { TriangleAlert } from "lucide-react";
import { layerLook, layersOf, whyText } from "#features/prompts/layers.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { CopyButton } from "#ui/copy-button.tsx";
import { Tooltip } from "#ui/tooltip.tsx";

export const ResolvedTextFields = graphql(`
  fragment ResolvedText on ResolvedPromptSlot {
    resolvedText
    slotLabel
    source
    unresolvedPlaceholders
    unresolvedLibraryReferences
    warnings
    spans {
      text
      layer
      ref
    }
  }
`);

interface ResolvedTextProps {
  slot: FragmentType<typeof ResolvedTextFields>;
  /** A newer text is on its way. */
  isStale: boolean;
}

/** The prompt as the machine will get it, each piece in the colour of where it came from. */
export function ResolvedText({ slot: source, isStale }: ResolvedTextProps) {
  const slot = readFragment(ResolvedTextFields, source);
  return (
    <div className={cn("min-w-0 transition-opacity", isStale && "opacity-80")} aria-busy={isStale}>
      <div className="flex items-start gap-2">
        <p className="min-w-0 grow text-lg leading-[22px] break-words whitespace-pre-wrap">
          {slot.spans.map((span, index) => (
            <Tooltip key={index} content={whyText(span)}>
              <span className={layerLook(span).className}>{span.text}</span>
            </Tooltip>
          ))}
          {slot.resolvedText === "" && <span className="text-ink-3">Empty</span>}
        </p>
        <CopyButton text={slot.resolvedText} label={`Copy ${slot.slotLabel}`} />
      </div>
      <Problems slot={slot} />
      <ul aria-label="Why this text" className="mt-1 flex flex-wrap gap-x-3">
        <li aria-hidden className="text-sm text-ink-3">
          Why this text:
        </li>
        {layersOf(slot.spans).map((layer) => (
          <li key={layer.key} className={cn("flex items-center gap-1.5 text-sm", layer.className)}>
            <span aria-hidden className="size-1.5 rounded-full bg-current" />
            {layer.label}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ProblemsProps {
  slot: { unresolvedPlaceholders: string[]; unresolvedLibraryReferences: string[]; warnings: string[] };
}

function Problems({ slot }: ProblemsProps) {
  const problems = [
    ...slot.unresolvedPlaceholders.map((key) => `{${key}} has no value`),
    ...slot.unresolvedLibraryReferences.map((key) => `No library has ${key}`),
    ...slot.warnings,
  ];
  return (
    <ul className="mt-1 empty:hidden">
      {problems.map((problem) => (
        <li key={problem} className="flex items-center gap-1.5 text-sm text-warn">
          <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
          {problem}
        </li>
      ))}
    </ul>
  );
}
