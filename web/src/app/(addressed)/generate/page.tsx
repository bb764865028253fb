import type { Metadata } from "next";
import { GeneratePage } from "#features/generate/generate-page.tsx";

export const metadata: Metadata = { title: "Generate" };

export default function Page() {
  return <GeneratePage />;
}
