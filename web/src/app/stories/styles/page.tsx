import type { Metadata } from "next";
import { Suspense } from "react";
import { StylesPage } from "#features/visual-styles/styles-page.tsx";

export const metadata: Metadata = { title: "Visual styles" };

export default function Page() {
  return (
    <Suspense>
      <StylesPage />
    </Suspense>
  );
}
