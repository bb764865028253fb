import type { Metadata } from "next";
import { WorkList } from "#features/works/work-list.tsx";

export const metadata: Metadata = { title: "Works" };

export default function WorksPage() {
  return <WorkList />;
}
