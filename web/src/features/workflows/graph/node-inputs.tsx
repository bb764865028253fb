import { ArrowLeft, X } from "lucide-react";
import { type GraphNode, linkSource } from "#features/workflows/graph/api-graph.ts";
import { showValue } from "#lib/show-value.ts";
import { IconButton } from "#ui/icon-button.tsx";

interface NodeInputsProps {
  node: GraphNode;
  onShow: (id: string) => void;
  onClose: () => void;
}

/** What goes into a node: values as they are, links as a way to where they come from. */
export function NodeInputs({ node, onShow, onClose }: NodeInputsProps) {
  return (
    <section
      aria-label={`Node ${node.id}`}
      className="min-w-0 shrink-0 overflow-y-auto max-lg:absolute max-lg:inset-x-px max-lg:bottom-px max-lg:z-10 max-lg:max-h-1/2 max-lg:rounded-b-md max-lg:border-t max-lg:bg-surface max-lg:p-3 lg:max-h-[calc(100dvh-300px)] lg:w-80"
    >
      <header className="mb-2 flex items-start gap-2">
        <div className="min-w-0 grow">
          <h2 className="text-lg break-words">{node.title}</h2>
          <p className="font-mono text-sm break-all text-ink-3">{`${node.id} ${node.classType}`}</p>
        </div>
        <IconButton label="Close node" size="iconSm" icon={<X />} onClick={onClose} />
      </header>
      {node.inputs.length === 0 && <p className="text-ink-2">It takes no input.</p>}
      <dl className="flex flex-col gap-2">
        {node.inputs.map(([name, value]) => {
          const source = linkSource(value);
          return (
            <div key={name}>
              <dt className="font-mono text-sm text-ink-3">{name}</dt>
              <dd className="max-h-48 overflow-y-auto break-words whitespace-pre-wrap">
                {source === null ? (
                  showValue(value) || <span className="text-ink-3">empty</span>
                ) : (
                  <button
                    type="button"
                    onClick={() => onShow(source)}
                    className="inline-flex items-center gap-1 text-accent-ink hover:underline"
                  >
                    <ArrowLeft aria-hidden className="size-3.5" />
                    {`node ${source}`}
                  </button>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
