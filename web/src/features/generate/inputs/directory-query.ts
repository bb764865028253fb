import { graphql } from "#gql/gql.ts";

/** A folder of the server as a job of this workflow would take it. */
export const BrowseDirectory = graphql(`
  query BrowseDirectory($path: String, $workflowId: ID) {
    browseDirectory(path: $path, workflowId: $workflowId, first: 200) {
      path
      parent
      matchCount
      totalCount
      entries {
        name
        path
        kind
        isMatch
        matchCount
      }
    }
  }
`);

export const RecentDirectories = graphql(`
  query RecentDirectories {
    recentDirectories {
      path
      useCount
      lastUsedAt
    }
  }
`);
