import { graphql } from "#gql/gql.ts";

export const VisualStyleFields = graphql(`
  fragment EditedStyle on VisualStyle {
    id
    name
    prompt
    negative
    isLocked
    images {
      id
      ...PictureFields
    }
  }
`);

export const CreateVisualStyle = graphql(`
  mutation CreateVisualStyle($input: CreateVisualStyleInput!) {
    createVisualStyle(input: $input) {
      __typename
      ... on CreateVisualStylePayload {
        visualStyle {
          id
          ...EditedStyle
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateVisualStyle = graphql(`
  mutation UpdateVisualStyle($input: UpdateVisualStyleInput!) {
    updateVisualStyle(input: $input) {
      __typename
      ... on UpdateVisualStylePayload {
        visualStyle {
          id
          ...EditedStyle
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteVisualStyle = graphql(`
  mutation DeleteVisualStyle($input: DeleteVisualStyleInput!) {
    deleteVisualStyle(input: $input) {
      __typename
      ... on DeleteVisualStylePayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

export const LockVisualStyle = graphql(`
  mutation LockVisualStyle($input: LockVisualStyleInput!) {
    lockVisualStyle(input: $input) {
      __typename
      ... on LockVisualStylePayload {
        visualStyle {
          id
          ...EditedStyle
        }
      }
      ...FailureFields
    }
  }
`);

export const UnlockVisualStyle = graphql(`
  mutation UnlockVisualStyle($input: UnlockVisualStyleInput!) {
    unlockVisualStyle(input: $input) {
      __typename
      ... on UnlockVisualStylePayload {
        visualStyle {
          id
          ...EditedStyle
        }
      }
      ...FailureFields
    }
  }
`);
