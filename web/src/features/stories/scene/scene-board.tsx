"use client";

import { DndContext, DragOverlay, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { ChevronLeft, LibraryBig } from "lucide-react";
import { useState } from "react";
import { CloneDialog } from "#features/stories/scene/drawer/clone-dialog.tsx";
import { LibraryDrawer } from "#features/stories/scene/drawer/library-drawer.tsx";
import { ImageProgress } from "#features/stories/scene/generate/image-progress.tsx";
import { type ElementDialog, ElementDialogs } from "#features/stories/scene/elements/element-dialogs.tsx";
import { ElementList } from "#features/stories/scene/elements/element-list.tsx";
import { NoElements } from "#features/stories/scene/elements/no-elements.tsx";
import { StateEditor } from "#features/stories/scene/state/state-editor.tsx";
import { byType } from "#features/stories/asset-types.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Sheet } from "#ui/sheet.tsx";

const SceneBoardFields = graphql(`
  fragment SceneBoard on Scene {
    id
    number
    branch {
      id
      project {
        id
      }
    }
    assets {
      id
      projectAsset {
        id
        type
      }
      ...ElementRow
    }
    ...NoElements
    ...ImageProgress
  }
`);

interface Props {
  scene: FragmentType<typeof SceneBoardFields>;
  revision: number;
}

/** What appears in a scene, the state of one of them, and the studio's library to take more from. */
export function SceneBoard({ scene: source, revision }: Props) {
  const scene = readFragment(SceneBoardFields, source);
  const { id: sceneId, branch, assets } = scene;
  const [chosenId, choose] = useUrlParam("asset");
  const [dialog, setDialog] = useState<ElementDialog | null>(null);
  const [isLibraryOpen, setIsLibraryOpen] = useState(false);
  /** What is being dragged, and what is about to be cloned. */
  const [dragged, setDragged] = useState<{ id: string; name: string } | null>(null);
  const [cloned, setCloned] = useState<{ id: string; name: string } | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const ordered = byType(assets, ({ projectAsset }) => projectAsset.type).flatMap(({ items }) => items);
  const chosen = ordered.find(({ id }) => id === chosenId);
  const shown = chosen ?? ordered[0];
  const place = { id: sceneId, number: scene.number, branchId: branch.id };
  const clone = (asset: { id: string; name: string }) => {
    setIsLibraryOpen(false);
    setCloned(asset);
  };
  return (
    <DndContext
      id="scene-board"
      sensors={sensors}
      onDragStart={({ active }) =>
        setDragged({ id: String(active.id), name: (active.data.current as { name: string }).name })
      }
      onDragCancel={() => setDragged(null)}
      onDragEnd={({ over }) => {
        if (over && dragged) setCloned(dragged);
        setDragged(null);
      }}
    >
      <div className="grid gap-x-6 gap-y-6 lg:grid-cols-[288px_minmax(0,1fr)] xl:grid-cols-[288px_minmax(0,1fr)_248px]">
        <div className={cn("min-w-0 lg:self-start", chosen && "max-lg:hidden")}>
          <ErrorBoundary name="The elements">
            <ImageProgress scene={scene} projectId={branch.project.id} />
            <ElementList
              projectId={branch.project.id}
              elements={ordered}
              currentId={shown?.id ?? null}
              isDropTarget={dragged !== null}
              onChoose={choose}
              onOpen={setDialog}
            />
          </ErrorBoundary>
          <Button className="mt-3 w-full xl:hidden" onClick={() => setIsLibraryOpen(true)}>
            <LibraryBig aria-hidden />
            From the studio’s library
          </Button>
        </div>
        <div className={cn("min-w-0", !chosen && assets.length > 0 && "max-lg:hidden")}>
          {shown ? (
            <>
              <Button variant="quiet" size="sm" className="mb-2 -ml-2 lg:hidden" onClick={() => choose("")}>
                <ChevronLeft aria-hidden />
                All assets of the scene
              </Button>
              <ErrorBoundary key={shown.id} name="The state">
                <StateEditor
                  id={shown.id}
                  projectId={branch.project.id}
                  revision={revision}
                  onRemoved={() => choose("")}
                />
              </ErrorBoundary>
            </>
          ) : (
            <NoElements scene={scene} onOpen={setDialog} />
          )}
        </div>
        <aside aria-label="Studio library" className="min-w-0 border-l pl-6 max-xl:hidden">
          <ErrorBoundary name="The library">
            <LibraryDrawer onAdd={clone} isDraggable />
          </ErrorBoundary>
        </aside>
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <span className="inline-block rounded-md border border-accent bg-raised px-3 py-1.5 shadow-float">
            {dragged.name}
          </span>
        )}
      </DragOverlay>
      {isLibraryOpen && (
        <Sheet isOpen onOpenChange={setIsLibraryOpen} title="Studio library">
          <LibraryDrawer onAdd={clone} />
        </Sheet>
      )}
      <ElementDialogs
        dialog={dialog}
        scene={place}
        present={assets.map(({ projectAsset }) => projectAsset.id)}
        onClose={() => setDialog(null)}
      />
      {cloned && <CloneDialog libraryAsset={cloned} scene={place} onClose={() => setCloned(null)} onAdded={choose} />}
    </DndContext>
  );
}
