import type { Metadata } from "next";
import { GalleryPage } from "#features/gallery/gallery-page.tsx";

export const metadata: Metadata = { title: "Gallery" };

export default function Page() {
  return <GalleryPage />;
}
