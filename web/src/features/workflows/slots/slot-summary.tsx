import { Link2, Lock, Minus, Plus } from "lucide-react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { Badge } from "#ui/badge.tsx";

const SlotSummaryFields = graphql(`
  fragment SlotSummary on PromptSlot {
    id
    nodeId
    inputName
    label
    slotType
    defaultText
    isLinked
    isUserEditable
    description
  }
`);

/** A slot in reading form: polarity, name, place in the graph, its text. */
export function SlotSummary(props: { slot: FragmentType<typeof SlotSummaryFields> }) {
  const slot = readFragment(SlotSummaryFields, props.slot);
  const isPositive = slot.slotType === "POSITIVE";
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={isPositive ? "good" : "bad"}>
          {isPositive ? <Plus aria-hidden /> : <Minus aria-hidden />}
          {isPositive ? "Positive" : "Negative"}
        </Badge>
        <span className="font-medium">{slot.label}</span>
        <code className="font-mono text-sm text-ink-3">{`${slot.nodeId}.${slot.inputName}`}</code>
        {slot.isLinked && (
          <Badge title="The text comes from another node; writing here replaces the link">
            <Link2 aria-hidden />
            Linked
          </Badge>
        )}
        {!slot.isUserEditable && (
          <Badge>
            <Lock aria-hidden />
            Locked
          </Badge>
        )}
      </div>
      {slot.description && <p className="text-sm text-ink-3">{slot.description}</p>}
      {slot.defaultText && <p className="line-clamp-2 text-ink-2">{slot.defaultText}</p>}
    </div>
  );
}
