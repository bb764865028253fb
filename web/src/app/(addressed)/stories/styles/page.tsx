import type { Metadata } from "next";
import { StylesPage } from "#features/visual-styles/styles-page.tsx";

export const metadata: Metadata = { title: "Visual styles" };

export default function Page() {
  return <StylesPage />;
}
