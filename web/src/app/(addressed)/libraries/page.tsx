import type { Metadata } from "next";
import { LibrariesPage } from "#features/libraries/libraries-page.tsx";

export const metadata: Metadata = { title: "Libraries" };

export default function Page() {
  return <LibrariesPage />;
}
