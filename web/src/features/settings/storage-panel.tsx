"use client";

import { CircleX, Database, HardDrive } from "lucide-react";
import { assetKinds } from "#features/settings/asset-kinds.ts";
import { graphql } from "#gql/gql.ts";
import { formatBytes } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Badge } from "#ui/badge.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { Table, Td, Th } from "#ui/table.tsx";

const StorageQuery = graphql(`
  query Storage {
    systemStatus {
      stageOnSubmit
      storage {
        kind
        place
        isReachable
        files
        bytes
        use {
          kind
          files
          bytes
        }
      }
    }
  }
`);

/** Where files lie and what they take, by kind. */
export function StoragePanel() {
  const [result, retry] = useQuery({ query: StorageQuery });
  return (
    <QueryPanel result={result} onRetry={retry} loading={<SkeletonRows count={4} />}>
      {({ systemStatus: { storage, stageOnSubmit } }) => (
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="flex items-center gap-2 font-medium">
              {storage.kind === "s3" ? (
                <Database aria-hidden className="size-4 text-ink-3" />
              ) : (
                <HardDrive aria-hidden className="size-4 text-ink-3" />
              )}
              {storage.kind === "s3" ? "A bucket" : "A folder of the server"}
            </span>
            {storage.place && (
              <span className="flex min-w-0 items-center gap-1">
                <code className="font-mono text-sm break-all text-ink-2">{storage.place}</code>
                <CopyButton label="Copy where the files lie" text={storage.place} />
              </span>
            )}
            {!storage.isReachable && (
              <Badge tone="bad">
                <CircleX aria-hidden />
                Not reachable: runs wait until it is back
              </Badge>
            )}
          </div>
          <Table label="Storage by kind of file">
            <thead>
              <tr>
                <Th>Kind</Th>
                <Th className="text-right">Files</Th>
                <Th className="text-right">Size</Th>
              </tr>
            </thead>
            <tbody>
              {storage.use.map(({ kind, files, bytes }) => (
                <tr key={kind ?? "none"}>
                  <Td>
                    {kind ? assetKinds[kind].name : "Left over"}
                    <span className="ml-2 text-ink-3 max-sm:hidden">
                      {kind ? assetKinds[kind].what : "nothing refers to them; the next clean-up takes them"}
                    </span>
                  </Td>
                  <Td className="text-right">{files.toLocaleString("en")}</Td>
                  <Td className="text-right whitespace-nowrap">{formatBytes(bytes)}</Td>
                </tr>
              ))}
              <tr className="font-medium">
                <Td>All</Td>
                <Td className="text-right">{storage.files.toLocaleString("en")}</Td>
                <Td className="text-right whitespace-nowrap">{formatBytes(storage.bytes)}</Td>
              </tr>
            </tbody>
          </Table>
          <p className="text-ink-2">
            {"Each content is kept once, however often it is used. "}
            {stageOnSubmit
              ? "Input files on the server are copied when a job is submitted, unless the job says otherwise."
              : "Input files on the server are read where they lie, unless the job says otherwise."}
          </p>
        </div>
      )}
    </QueryPanel>
  );
}
