import type { Metadata } from "next";
import { NewComparison } from "#features/takes-comparison/new-comparison.tsx";

export const metadata: Metadata = { title: "New comparison" };

export default function Page() {
  return <NewComparison />;
}
