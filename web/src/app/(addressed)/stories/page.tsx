import type { Metadata } from "next";
import { StoriesPage } from "#features/stories/stories-page.tsx";

export const metadata: Metadata = { title: "Stories" };

export default function Page() {
  return <StoriesPage />;
}
