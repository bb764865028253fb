import { graphql } from "#gql/gql.ts";

export const WebhooksQuery = graphql(`
  query Webhooks {
    webhooks {
      id
      ...WebhookRow
    }
  }
`);

export const WebhookFields = graphql(`
  fragment WebhookRow on Webhook {
    id
    name
    url
    events
    isEnabled
    disabledReason
    failureStreak
    failingSince
    createdAt
    project {
      id
      name
    }
  }
`);

export const WebhookEvents = graphql(`
  subscription WebhookEvents {
    webhookUpdated {
      webhookId
      webhook {
        id
        ...WebhookRow
      }
    }
  }
`);

export const CreateWebhook = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) {
      __typename
      ... on CreateWebhookPayload {
        secret
        webhook {
          ...WebhookRow
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateWebhook = graphql(`
  mutation UpdateWebhook($input: UpdateWebhookInput!) {
    updateWebhook(input: $input) {
      __typename
      ... on UpdateWebhookPayload {
        webhook {
          ...WebhookRow
        }
      }
      ...FailureFields
    }
  }
`);

export const RotateWebhookSecret = graphql(`
  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
    rotateWebhookSecret(input: $input) {
      __typename
      ... on RotateWebhookSecretPayload {
        secret
        webhook {
          ...WebhookRow
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteWebhook = graphql(`
  mutation DeleteWebhook($input: DeleteWebhookInput!) {
    deleteWebhook(input: $input) {
      __typename
      ... on DeleteWebhookPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

export const TestWebhook = graphql(`
  mutation TestWebhook($input: TestWebhookInput!) {
    testWebhook(input: $input) {
      __typename
      ... on TestWebhookPayload {
        answer {
          status
          body
          error
          durationMs
        }
      }
      ...FailureFields
    }
  }
`);
