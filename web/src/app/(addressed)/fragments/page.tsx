import type { Metadata } from "next";
import { FragmentsPage } from "#features/fragments/fragments-page.tsx";

export const metadata: Metadata = { title: "Fragments" };

export default function Page() {
  return <FragmentsPage />;
}
