import type { Metadata } from "next";
import { Suspense } from "react";
import { ComparisonList } from "#features/takes-comparison/comparison-list.tsx";

export const metadata: Metadata = { title: "Comparisons" };

export default function Page() {
  return (
    <Suspense>
      <ComparisonList />
    </Suspense>
  );
}
