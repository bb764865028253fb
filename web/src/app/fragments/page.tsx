import type { Metadata } from "next";
import { Suspense } from "react";
import { FragmentsPage } from "#features/fragments/fragments-page.tsx";

export const metadata: Metadata = { title: "Fragments" };

export default function Page() {
  return (
    <Suspense>
      <FragmentsPage />
    </Suspense>
  );
}
