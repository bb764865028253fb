import { describeMetadata } from "#features/prompts/characters/metadata.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Badge } from "#ui/badge.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Link } from "#ui/link.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const CharacterRowFields = graphql(`
  fragment CharacterRow on Character {
    id
    name
    metadata
    group {
      id
      name
    }
    project {
      id
      name
    }
    images {
      id
      ...PictureFields
    }
  }
`);

interface Props {
  character: FragmentType<typeof CharacterRowFields>;
  isSelected: boolean;
  onSelectedChange: (isSelected: boolean) => void;
}

export function CharacterRow({ character: source, isSelected, onSelectedChange }: Props) {
  const character = readFragment(CharacterRowFields, source);
  const [image] = character.images;
  return (
    <li className="flex items-center gap-3 py-2">
      <Checkbox
        label={<span className="sr-only">{`Select ${character.name}`}</span>}
        checked={isSelected}
        onCheckedChange={onSelectedChange}
      />
      {image && <Thumbnail picture={toPicture(image)} className="size-10 shrink-0" />}
      <div className="min-w-0 grow">
        <div className="flex items-center gap-2">
          <Link
            href={`/characters/${encodeURIComponent(character.id)}`}
            className="truncate text-lg font-medium hover:text-accent-ink"
          >
            {character.name}
          </Link>
          {character.group && <Badge>{character.group.name}</Badge>}
        </div>
        <p className="flex gap-x-3 text-ink-2">
          <span className="shrink-0">{character.project.name}</span>
          <span className="truncate text-ink-3">{describeMetadata(character.metadata)}</span>
        </p>
      </div>
    </li>
  );
}
