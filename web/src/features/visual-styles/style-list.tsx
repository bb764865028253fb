import { Lock, Palette } from "lucide-react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Badge } from "#ui/badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const StyleRowFields = graphql(`
  fragment StyleRow on VisualStyle {
    id
    name
    prompt
    isLocked
    images {
      id
      ...PictureFields
    }
  }
`);

interface Props {
  styles: readonly FragmentType<typeof StyleRowFields>[];
  chosenId: string;
  onChoose: (id: string) => void;
}

export function StyleList({ styles, chosenId, onChoose }: Props) {
  return (
    <ul aria-label="Styles" className="self-start divide-y border-y">
      {styles.map((source) => {
        const style = readFragment(StyleRowFields, source);
        const [first] = style.images;
        return (
          <li key={style.id}>
            <button
              type="button"
              aria-current={style.id === chosenId ? "true" : undefined}
              onClick={() => onChoose(style.id)}
              className={cn(
                "flex w-full items-center gap-3 px-2 py-2 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2",
                style.id === chosenId && "bg-accent-soft",
              )}
            >
              {first ? (
                <Thumbnail picture={{ ...toPicture(first), name: "" }} className="h-12 w-20 shrink-0" />
              ) : (
                <span className="grid h-12 w-20 shrink-0 place-items-center rounded-sm bg-sunken">
                  <Palette aria-hidden className="size-5 text-ink-3" />
                </span>
              )}
              <span className="min-w-0 grow">
                <span className="flex flex-wrap items-center gap-x-2">
                  <span className="min-w-0 font-medium break-words">{style.name}</span>
                  {style.isLocked && (
                    <Badge tone="good">
                      <Lock aria-hidden />
                      Locked
                    </Badge>
                  )}
                </span>
                <span className="block truncate text-ink-2">{style.prompt || "No text yet"}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
