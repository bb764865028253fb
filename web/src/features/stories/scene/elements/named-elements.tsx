"use client";

import { CandidateRow } from "#features/stories/scene/elements/candidate-row.tsx";
import { useLeftOut } from "#features/stories/scene/elements/use-left-out.ts";
import { CreateSceneAsset } from "#features/stories/scene/scene-asset-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useEachAction } from "#lib/graphql/use-each-action.ts";
import { Button } from "#ui/button.tsx";
import { RowCheckbox } from "#ui/checkbox.tsx";

const NamedElementsFields = graphql(`
  fragment NamedElements on Scene {
    id
    scriptExcerpt
    shotCount
    assets {
      id
      projectAsset {
        id
      }
    }
    namedAssets {
      id
      ...CandidateRow
    }
  }
`);

interface Props {
  scene: FragmentType<typeof NamedElementsFields>;
  onChanged: () => void;
}

/** The assets of the branch that script and shots name and the scene has not got. */
export function NamedElements({ scene: source, onChanged }: Props) {
  const { id: sceneId, scriptExcerpt, shotCount, assets, namedAssets } = readFragment(NamedElementsFields, source);
  const { isWanted, setWanted } = useLeftOut();
  const create = useEachAction(CreateSceneAsset);
  const present = new Set(assets.map(({ projectAsset }) => projectAsset.id));
  const named = namedAssets.filter(({ id }) => !present.has(id));
  const wanted = named.filter(({ id }) => isWanted(id));
  const add = async () => {
    await create.run(wanted.map(({ id }) => ({ input: { sceneId, projectAssetId: id, fromLastAppearance: true } })));
    onChanged();
  };
  return (
    <section aria-label="Named in the script">
      <h3 className="border-b pb-1 font-medium text-ink-2">Named in script and shots</h3>
      {named.length === 0 ? (
        <p className="pt-2 text-ink-2">
          {scriptExcerpt === "" && shotCount === 0
            ? "The scene has no script and no shots yet: write them first."
            : "They name no asset of the branch that is not in the scene."}
        </p>
      ) : (
        <>
          <ul className="divide-y">
            {named.map((asset) => (
              <CandidateRow key={asset.id} asset={asset}>
                {(name) => (
                  <RowCheckbox
                    label={`Add ${name}`}
                    checked={isWanted(asset.id)}
                    onCheckedChange={(next) => setWanted(asset.id, next)}
                  />
                )}
              </CandidateRow>
            ))}
          </ul>
          <Button
            needs="CREATOR"
            variant="primary"
            className="mt-2"
            disabled={wanted.length === 0}
            isPending={create.isPending}
            onClick={() => void add()}
          >
            {`Add ${plural(wanted.length, "asset")}`}
          </Button>
        </>
      )}
      <FailureNotice failure={create.failure} />
    </section>
  );
}
