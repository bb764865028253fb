"use client";

import { Lock, LockOpen, Sparkles, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { MadePictures } from "#features/stories/scene/generate/made-pictures.tsx";
import { MasterReference } from "#features/stories/scene/state/master-reference.tsx";
import { TagInput } from "#features/stories/scene/state/tag-input.tsx";
import { TakeOut } from "#features/stories/scene/state/take-out.tsx";
import {
  LockSceneAssets,
  UnlockSceneAssets,
  UpdateSceneAsset,
} from "#features/stories/scene/scene-asset-operations.ts";
import { assetKinds } from "#features/stories/asset-types.ts";
import { PictureField } from "#lib/graphql/pictures/picture-field.tsx";
import { OriginBadge, ReviewBadge } from "#features/stories/review-badges.tsx";
import { SavedText } from "#lib/graphql/saved-text.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { UpdateSceneAssetInput } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Editable } from "#ui/editable.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";

const GenerateDialog = dynamic(
  async () => (await import("#features/stories/scene/generate/generate-dialog.tsx")).GenerateDialog,
);

const StateFields = graphql(`
  fragment StateFields on SceneAsset {
    id
    descriptionOverride
    effectiveDescription
    statusTags
    carryForward
    isLocked
    reviewStatus
    inheritedFromNumber
    image {
      id
      ...PictureFields
    }
    ...MadePictures
    projectAsset {
      id
      type
      name
      description
      ...MasterReference
    }
  }
`);

interface Props {
  state: FragmentType<typeof StateFields>;
  projectId: string;
  onRemoved: () => void;
}

/** Picture, text, tags, and whether the next scene takes them over; each is saved as it is changed. */
export function StateForm({ state: source, projectId, onRemoved }: Props) {
  const state = readFragment(StateFields, source);
  const { id, projectAsset, isLocked, descriptionOverride, effectiveDescription } = state;
  const [isGenerating, setIsGenerating] = useState(false);
  const update = useAction(UpdateSceneAsset);
  const lock = useAction(LockSceneAssets);
  const unlock = useAction(UnlockSceneAssets);
  const save = (part: Omit<UpdateSceneAssetInput, "id">) => update.attempt({ input: { id, ...part } });
  const saveText = (text: string) =>
    save({ descriptionOverride: text.trim() === "" || text === projectAsset.description ? null : text });
  const toggleLock = isLocked ? unlock : lock;
  return (
    <section aria-label={`State of ${projectAsset.name}`} className="flex flex-col gap-4">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="min-w-0 text-xl break-words">{projectAsset.name}</h2>
        <ReviewBadge status={state.reviewStatus} />
        <OriginBadge sceneNumber={state.inheritedFromNumber} />
        <span className="grow" />
        <Button
          needs="CREATOR"
          size="sm"
          aria-pressed={isLocked}
          isPending={toggleLock.isPending}
          onClick={() => void toggleLock.run({ input: { ids: [id] } })}
        >
          {isLocked ? <LockOpen aria-hidden /> : <Lock aria-hidden />}
          {isLocked ? "Unlock" : "Lock"}
        </Button>
        <TakeOut id={id} name={projectAsset.name} isLocked={isLocked} onRemoved={onRemoved} />
      </header>
      <Editable needs="CREATOR">
        <div className="flex flex-col gap-4">
          <PictureField
            label={`${projectAsset.name} in this scene`}
            image={state.image ?? null}
            aspect={assetKinds[projectAsset.type].aspect}
            projectId={projectId}
            actions={
              <Button needs="CREATOR" size="sm" onClick={() => setIsGenerating(true)}>
                <Sparkles aria-hidden />
                Generate
              </Button>
            }
            onChange={(imageId) => save({ imageId })}
          />
          <MadePictures state={state} onTake={(imageId) => void save({ imageId })} />
          {isGenerating && (
            <GenerateDialog instanceIds={[id]} projectId={projectId} onClose={() => setIsGenerating(false)} />
          )}
          <div>
            <SavedText
              label="Description here"
              help={
                isLocked
                  ? "Locked: unlock it to change text and tags."
                  : descriptionOverride === null || descriptionOverride === undefined
                    ? "As the project asset has it; what you write here holds for this scene."
                    : "Its own text in this scene."
              }
              isReadOnly={isLocked}
              value={effectiveDescription}
              onSave={saveText}
            />
            {descriptionOverride != null && !isLocked && (
              <Button
                needs="CREATOR"
                size="sm"
                variant="quiet"
                className="mt-1 -ml-2"
                onClick={() => void save({ descriptionOverride: null })}
              >
                <Undo2 aria-hidden />
                Back to the master’s text
              </Button>
            )}
          </div>
          <TagInput tags={state.statusTags} isReadOnly={isLocked} onChange={(statusTags) => save({ statusTags })} />
          <Checkbox
            label="Carries forward"
            help="The next scene takes over text, tags and picture; else it begins at the master again."
            checked={state.carryForward}
            onCheckedChange={(carryForward) => void save({ carryForward })}
          />
        </div>
      </Editable>
      <FailureNotice
        failure={lock.failure ?? unlock.failure ?? update.failure}
        shownFields={["descriptionOverride", "statusTags", "imageId"]}
      />
      <MasterReference asset={projectAsset} onTake={(imageId) => void save({ imageId })} />
    </section>
  );
}
