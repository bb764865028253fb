import { graphql } from "#gql/gql.ts";

export const DeliveriesQuery = graphql(`
  query WebhookDeliveries($webhookId: ID!, $status: WebhookDeliveryStatus, $after: String) {
    webhookDeliveries(first: 20, webhookId: $webhookId, status: $status, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...DeliveryItem
      }
    }
  }
`);

export const DeliveryFields = graphql(`
  fragment DeliveryItem on WebhookDelivery {
    id
    event
    status
    attempts
    nextAttemptAt
    lastAttemptAt
    durationMs
    responseStatus
    error
    createdAt
  }
`);

/** What is read when a delivery is opened: bodies are long, and most are never looked at. */
export const DeliveryQuery = graphql(`
  query WebhookDeliveryDetail($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on WebhookDelivery {
        messageId
        payload
        responseBody
      }
    }
  }
`);

export const ReplayDelivery = graphql(`
  mutation ReplayWebhookDelivery($input: ReplayWebhookDeliveryInput!) {
    replayWebhookDelivery(input: $input) {
      __typename
      ... on ReplayWebhookDeliveryPayload {
        delivery {
          ...DeliveryItem
        }
      }
      ...FailureFields
    }
  }
`);
