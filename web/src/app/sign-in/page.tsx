import type { Metadata } from "next";
import { SignInPage } from "#features/accounts/sign-in-page.tsx";

export const metadata: Metadata = { title: "Sign in" };

interface Props {
  searchParams: Promise<{ to?: string | string[]; error?: string | string[] }>;
}

export default async function Page({ searchParams }: Props) {
  const { to, error } = await searchParams;
  return <SignInPage to={typeof to === "string" ? to : null} hasFailed={error !== undefined} />;
}
