import type { Metadata } from "next";
import { ComparePage } from "#features/gallery/compare/compare-page.tsx";

export const metadata: Metadata = { title: "Side by side" };

export default function Page() {
  return <ComparePage />;
}
