"use client";

import dynamic from "next/dynamic";

const AddElementDialog = dynamic(
  async () => (await import("#features/stories/scene/elements/add-element-dialog.tsx")).AddElementDialog,
);
const DetectDialog = dynamic(
  async () => (await import("#features/stories/scene/elements/detect-dialog.tsx")).DetectDialog,
);
const InheritDialog = dynamic(
  async () => (await import("#features/stories/scene/elements/inherit-dialog.tsx")).InheritDialog,
);

/** A way to give a scene assets. */
export type ElementDialog = "inherit" | "detect" | "add";

interface Props {
  dialog: ElementDialog | null;
  scene: { id: string; number: number; branchId: string };
  /** Project assets that the scene has already. */
  present: readonly string[];
  onClose: () => void;
}

/** The dialogs that give a scene assets; they stay while the first arrive. */
export function ElementDialogs({ dialog, scene, present, onClose }: Props) {
  if (dialog === "inherit") return <InheritDialog scene={scene} onClose={onClose} />;
  if (dialog === "detect") return <DetectDialog scene={scene} onClose={onClose} />;
  if (dialog === "add") return <AddElementDialog scene={scene} present={present} onClose={onClose} />;
  return null;
}
