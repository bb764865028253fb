import { SearchX } from "lucide-react";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";

export default function NotFound() {
  return (
    <EmptyState
      icon={SearchX}
      title="There is no such page"
      isPage
      actions={
        <Button asChild>
          <Link href="/">Go to the queue</Link>
        </Button>
      }
    >
      The address may be mistyped, or what it pointed to is gone.
    </EmptyState>
  );
}
