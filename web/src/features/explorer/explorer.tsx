"use client";

import "graphiql/setup-workers/webpack";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "#features/explorer/explorer.css";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { useMemo, useRef } from "react";
import { examplesPlugin } from "#features/explorer/examples-plugin.tsx";
import { firstExamples } from "#features/explorer/examples.ts";
import { createFetcher } from "#features/explorer/fetcher.ts";
import { usePageTheme } from "#features/explorer/use-page-theme.ts";
import { usePlainTabs } from "#features/explorer/use-plain-tabs.ts";
import { useSocket } from "#lib/graphql/provider.tsx";

const plugins = [examplesPlugin, HISTORY_PLUGIN];
const tabs = firstExamples.map(({ query, variables }) => ({ query, variables }));

/** GraphiQL on the tab's own connections. What is written stays in this browser. */
export function Explorer() {
  const socket = useSocket();
  const theme = usePageTheme();
  const fetcher = useMemo(() => createFetcher(socket), [socket]);
  const container = useRef<HTMLDivElement>(null);
  usePlainTabs(container);
  return (
    <div ref={container} className="h-full">
      <GraphiQL
        fetcher={fetcher}
        plugins={plugins}
        defaultTabs={tabs}
        forcedTheme={theme}
        showPersistHeadersSettings={false}
        defaultEditorToolsVisibility="variables"
        isHeadersEditorEnabled={false}
      >
        <GraphiQL.Logo>{null}</GraphiQL.Logo>
      </GraphiQL>
    </div>
  );
}
