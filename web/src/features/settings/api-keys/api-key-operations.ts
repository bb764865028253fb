import type { ResultOf } from "@graphql-typed-document-node/core";
import { graphql } from "#gql/gql.ts";

export const ApiKeysQuery = graphql(`
  query ApiKeys {
    apiKeys {
      id
      name
      start
      scope
      createdAt
      expiresAt
      lastUsedAt
    }
  }
`);

export type ApiKeyEntry = ResultOf<typeof ApiKeysQuery>["apiKeys"][number];

export const CreateApiKey = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      __typename
      ... on CreateApiKeyPayload {
        secret
        apiKey {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const RevokeApiKey = graphql(`
  mutation RevokeApiKey($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) {
      __typename
      ... on RevokeApiKeyPayload {
        apiKey {
          id
          revokedAt
        }
      }
      ...FailureFields
    }
  }
`);
