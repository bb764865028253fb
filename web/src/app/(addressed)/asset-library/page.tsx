import type { Metadata } from "next";
import { AssetLibraryPage } from "#features/asset-library/asset-library-page.tsx";

export const metadata: Metadata = { title: "Asset library" };

export default function Page() {
  return <AssetLibraryPage />;
}
