import { signOut, signOutEverywhere } from "#lib/auth/auth-api.ts";
import { toast } from "#ui/toast.tsx";

/** Signs out, and leaves nothing of the studio in the window. Everywhere: on every device and in every browser. */
export async function leave(from: "here" | "everywhere"): Promise<void> {
  const { failure } = from === "everywhere" ? await signOutEverywhere() : await signOut();
  // The session is over in any case when nobody knows it any more.
  if (failure && failure.code !== "UNAUTHENTICATED") {
    toast.error(failure.message);
    return;
  }
  if (from === "everywhere") await signOut();
  window.location.replace("/sign-in");
}
