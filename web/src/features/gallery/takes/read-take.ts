import { type Output, readOutput } from "#features/gallery/output-page.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { TakeCardFragment } from "#gql/graphql.ts";

const TakeCardFields = graphql(`
  fragment TakeCard on Take {
    id
    status
    rating
    reviewNote
    seed
    createdAt
    warnings
    sceneType {
      id
      name
    }
    character {
      id
      name
      project {
        id
        viewerRole
      }
    }
    job {
      id
    }
    comparison {
      id
    }
    outputs {
      id
      ...OutputTile
    }
    prompts {
      nodeId
      inputName
      slotLabel
      text
      source
    }
    segments {
      id
      status
      outputAsset {
        id
      }
    }
    ...SegmentStrip
  }
`);

export type TakeSource = FragmentType<typeof TakeCardFields>;
/** A take as the list shows it, with its files to look at: all of them, and those that are not a segment's clip. */
export type TakeRow = TakeCardFragment & { name: string; pictures: readonly Output[]; results: readonly Output[] };

export function readTake(source: TakeSource): TakeRow {
  const take = readFragment(TakeCardFields, source);
  const pictures = take.outputs.map((output) => readOutput(output));
  const clips = new Set(take.segments.length > 1 ? take.segments.map(({ outputAsset }) => outputAsset?.id) : []);
  return {
    ...take,
    name: `${take.character.name} in ${take.sceneType.name}`,
    pictures,
    results: pictures.filter(({ id }) => !clips.has(id)),
  };
}
