import { Images, Sparkles } from "lucide-react";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";

/** Nothing made yet, or nothing that the filter lets through. */
export function NoOutputs({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon={Images} title="No output matches">
        All words have to occur in the prompts or the model's name, at least their beginnings.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Images}
      title="No pictures yet"
      actions={
        <Button asChild variant="primary">
          <Link href="/generate">
            <Sparkles aria-hidden />
            Generate
          </Link>
        </Button>
      }
    >
      Everything that the machines finish appears here, newest first.
    </EmptyState>
  );
}
