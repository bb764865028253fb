import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { Badge } from "#ui/badge.tsx";
import { CopyableId } from "#ui/copy-button.tsx";
import { Panel } from "#ui/panel.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const VersionListFields = graphql(`
  fragment VersionList on Workflow {
    id
    currentVersion {
      id
    }
    versions(first: 20) {
      totalCount
      nodes {
        id
        number
        contentHash
        createdAt
      }
    }
  }
`);

export function VersionList(props: { workflow: FragmentType<typeof VersionListFields> }) {
  const { versions, currentVersion } = readFragment(VersionListFields, props.workflow);
  const hidden = versions.totalCount - versions.nodes.length;
  return (
    <Panel title="Versions">
      <ul className="divide-y">
        {versions.nodes.map((version) => (
          <li key={version.id} className="flex flex-wrap items-center gap-x-3 py-1.5 first:pt-0">
            <span className="font-medium">{`Version ${version.number}`}</span>
            {version.id === currentVersion.id && <Badge tone="good">Current</Badge>}
            <span className="text-ink-3">
              <TimeAgo at={version.createdAt} />
            </span>
            <span className="ml-auto max-w-48">
              <CopyableId name="content hash" value={version.contentHash} />
            </span>
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="pt-2 text-ink-3">{`and ${plural(hidden, "older version")}`}</p>}
    </Panel>
  );
}
