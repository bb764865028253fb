import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { FragmentRowFragment } from "#gql/graphql.ts";
import { Badge } from "#ui/badge.tsx";
import { RowCheckbox } from "#ui/checkbox.tsx";
import { Td } from "#ui/table.tsx";

export const FragmentRowFields = graphql(`
  fragment FragmentRow on Fragment {
    id
    text
    description
    category
    tags
    usageCount
  }
`);

export type FragmentValues = Omit<FragmentRowFragment, " $fragmentName">;

export function readFragmentRow(source: FragmentType<typeof FragmentRowFields>): FragmentValues {
  return readFragment(FragmentRowFields, source);
}

interface Props {
  fragment: FragmentValues;
  isSelected: boolean;
  onSelect: (isSelected: boolean, isRange: boolean) => void;
  onOpen: () => void;
}

/** A fragment in the table; on phones category and tags stand below its text. */
export function FragmentRow({ fragment, isSelected, onSelect, onOpen }: Props) {
  const tags = fragment.tags.map((tag) => <Badge key={tag}>{tag}</Badge>);
  return (
    <tr className={isSelected ? "bg-accent-soft" : "hover:bg-hover"}>
      <Td className="w-8 pl-2!">
        <RowCheckbox label={`Select ${fragment.text}`} checked={isSelected} onCheckedChange={onSelect} />
      </Td>
      <Td className="min-w-0">
        <button
          type="button"
          onClick={onOpen}
          className="block w-full rounded-sm text-left text-lg break-words hover:text-accent-ink"
        >
          {fragment.text}
        </button>
        {fragment.description && <p className="break-words text-ink-3">{fragment.description}</p>}
        <div className="flex flex-wrap items-center gap-1 pt-1 md:hidden">
          {fragment.category && <span className="mr-1 text-ink-2">{fragment.category}</span>}
          {tags}
        </div>
      </Td>
      <Td className="whitespace-nowrap text-ink-2 max-md:hidden">{fragment.category}</Td>
      <Td className="max-md:hidden">
        <div className="flex flex-wrap gap-1">{tags}</div>
      </Td>
      <Td className="pr-2! text-right tabular-nums">{fragment.usageCount.toLocaleString("en")}</Td>
    </tr>
  );
}
