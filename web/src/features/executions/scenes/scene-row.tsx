import { PartFailure } from "#features/executions/part-failure.tsx";
import { VariantTile } from "#features/executions/scenes/variant-tile.tsx";
import { graphql } from "#gql/gql.ts";
import type { ExecutionSceneRowFragment } from "#gql/graphql.ts";
import { Link } from "#ui/link.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";

export const SceneRowFields = graphql(`
  fragment ExecutionSceneRow on ExecutionScene {
    id
    order
    title
    status
    chosenVariant
    error
    params
    scene {
      id
    }
    job {
      id
    }
    images {
      id
      variant
      seed
      prompts {
        nodeId
        inputName
        slotLabel
        text
      }
      asset {
        id
        ...PictureFields
      }
    }
  }
`);

interface Props {
  scene: ExecutionSceneRowFragment;
  /** Width by height of the images. */
  aspect: number;
  canChoose: boolean;
  onChoose: (variant: number) => void;
  onOpen: (imageId: string) => void;
}

/** A scene and its images, by variant. */
export function SceneRow({ scene, aspect, canChoose, onChoose, onOpen }: Props) {
  const { order, title, status, chosenVariant, images, error, job } = scene;
  const name = `${order + 1}. ${title}`;
  return (
    <section aria-label={name} data-row className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 text-lg break-words">
          {scene.scene ? (
            <Link href={`/stories/scenes/${encodeURIComponent(scene.scene.id)}`} className="hover:underline">
              {name}
            </Link>
          ) : (
            name
          )}
        </h3>
        {status !== "DONE" && <StatusBadge status={status} />}
        {!scene.scene && <span className="text-ink-3">deleted since</span>}
      </div>
      {status === "FAILED" && <PartFailure name={title} error={error ?? null} jobId={job?.id ?? null} />}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(260px,46%),1fr))] gap-2">
        {images.map((image) => (
          <li key={image.id}>
            <VariantTile
              image={image}
              scene={scene}
              aspect={aspect}
              isChosen={image.variant === chosenVariant && images.length > 1}
              isEntry={image.variant === chosenVariant}
              canChoose={canChoose}
              onChoose={() => onChoose(image.variant)}
              onOpen={() => onOpen(image.id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
