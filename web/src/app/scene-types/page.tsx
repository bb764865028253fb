import type { Metadata } from "next";
import { SceneTypeList } from "#features/prompts/scene-types/scene-type-list.tsx";

export const metadata: Metadata = { title: "Scene types" };

export default function SceneTypesPage() {
  return <SceneTypeList />;
}
