import { ScrollText } from "lucide-react";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";

/** Stands for a page about a branch that is not there. */
export function NoBranch() {
  return (
    <EmptyState
      icon={ScrollText}
      title="This branch does not exist"
      isPage
      actions={
        <Button asChild>
          <Link href="/stories">All stories</Link>
        </Button>
      }
    />
  );
}
