import type { Metadata } from "next";
import { ComparisonList } from "#features/takes-comparison/comparison-list.tsx";

export const metadata: Metadata = { title: "Comparisons" };

export default function Page() {
  return <ComparisonList />;
}
