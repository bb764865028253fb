import { graphql } from "#gql/gql.ts";

export const ExtendTake = graphql(`
  mutation ExtendTake($input: ExtendTakeInput!) {
    extendTake(input: $input) {
      __typename
      ... on ExtendTakePayload {
        take {
          id
          ...TakeCard
        }
      }
      ...FailureFields
    }
  }
`);

export const ResumeTake = graphql(`
  mutation ResumeTake($input: ResumeTakeInput!) {
    resumeTake(input: $input) {
      __typename
      ... on ResumeTakePayload {
        take {
          id
          ...TakeCard
        }
      }
      ...FailureFields
    }
  }
`);

export const CancelTake = graphql(`
  mutation CancelTake($input: CancelTakeInput!) {
    cancelTake(input: $input) {
      __typename
      ... on CancelTakePayload {
        take {
          id
          ...TakeCard
        }
      }
      ...FailureFields
    }
  }
`);

export const RemakeSegment = graphql(`
  mutation RemakeSegment($input: RemakeSegmentInput!) {
    remakeSegment(input: $input) {
      __typename
      ... on RemakeSegmentPayload {
        take {
          id
          ...TakeCard
        }
      }
      ...FailureFields
    }
  }
`);

export const PickBoundaryFrame = graphql(`
  mutation PickBoundaryFrame($input: PickBoundaryFrameInput!) {
    pickBoundaryFrame(input: $input) {
      __typename
      ... on PickBoundaryFramePayload {
        take {
          id
          ...TakeCard
        }
      }
      ...FailureFields
    }
  }
`);
