"use client";

import { Layers, Plus, ScanSearch } from "lucide-react";
import type { ElementDialog } from "#features/stories/scene/elements/element-dialogs.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";

const NoElementsFields = graphql(`
  fragment NoElements on Scene {
    id
    previous {
      id
      number
    }
  }
`);

interface Props {
  scene: FragmentType<typeof NoElementsFields>;
  onOpen: (dialog: ElementDialog) => void;
}

/** A scene without assets: take over what the one before left, find what the script names, or add by hand. */
export function NoElements({ scene, onOpen }: Props) {
  const { previous } = readFragment(NoElementsFields, scene);
  return (
    <EmptyState
      icon={Layers}
      title="No assets in this scene yet"
      actions={
        <>
          <Button needs="CREATOR" variant="primary" onClick={() => onOpen("inherit")}>
            <Layers aria-hidden />
            {previous ? `Inherit from scene ${previous.number}` : "Start with the locked assets"}
          </Button>
          <Button needs="CREATOR" onClick={() => onOpen("detect")}>
            <ScanSearch aria-hidden />
            Detect
          </Button>
          <Button needs="CREATOR" onClick={() => onOpen("add")}>
            <Plus aria-hidden />
            Add
          </Button>
        </>
      }
    >
      {previous
        ? `Take over the state in which scene ${previous.number} left its characters, places and props, and choose what carries forward.`
        : "The first scene starts with what the project has approved; each later one with what the scene before left."}
    </EmptyState>
  );
}
