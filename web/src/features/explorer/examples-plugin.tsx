"use client";

import type { GraphiQLProps } from "graphiql";
import { BookOpen } from "lucide-react";
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { byTitle, type Example, examples } from "#features/explorer/examples.ts";

type Plugin = NonNullable<GraphiQLProps["plugins"]>[number];

const groups = byTitle(examples);

function Examples() {
  const actions = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const open = ({ query, variables }: Example) => {
    actions.addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    actions.updateActiveTabValues({ query, variables });
  };
  return (
    <section aria-label="Examples" className="flex flex-col gap-4">
      <div className="text-xl font-semibold">Examples</div>
      <p className="text-ink-2">From the API cookbook; each opens in a tab of its own.</p>
      {groups.map(([title, list]) => (
        <div key={title}>
          <h2 className="mb-1 font-medium">{title}</h2>
          <ul>
            {list.map((example) => (
              <li key={example.query}>
                <button
                  type="button"
                  onClick={() => open(example)}
                  className="w-full rounded-sm px-2 py-1 text-left font-mono text-sm text-ink-2 hover:bg-hover hover:text-ink"
                >
                  {example.name}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** The cookbook's operations, at hand beside the editor. */
export const examplesPlugin: Plugin = {
  title: "Examples",
  icon: () => <BookOpen aria-hidden strokeWidth={1.5} />,
  content: Examples,
};
