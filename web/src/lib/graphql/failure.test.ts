import { GraphQLError } from "graphql";
import { CombinedError } from "urql";
import { failureIn, failureOf, issueFor } from "./failure.ts";

const answered = (message: string) => failureOf(new CombinedError({ graphQLErrors: [new GraphQLError(message)] }));

test("what only a role in the project stands against is said as the controls say it", () => {
  const error = {
    __typename: "ForbiddenError",
    code: "FORBIDDEN",
    message: "submitJob needs the role CREATOR in the project",
    path: ["inputs", "0", "assetId"],
  };
  expect(failureIn(error)).toMatchObject({
    message: "In its project you may look, not change",
    issues: [{ path: ["inputs", "0", "assetId"], message: "In its project you may look, not change" }],
  });
});

describe("failureOf", () => {
  test("puts a value that a GraphQL type cannot hold beside its field", () => {
    const failure = answered(
      'Variable "$input" got invalid value 99999999999 at "input.priority"; Int cannot represent non 32-bit signed integer value: 99999999999',
    );
    expect(issueFor(failure, "priority")).toBe("Must be a whole number within ±2,147,483,647.");
  });

  test("says that the server did not answer when the request did not get through", () => {
    expect(failureOf(new CombinedError({ networkError: new Error("Failed to fetch") })).code).toBe("NETWORK");
  });

  test("keeps any other message", () => {
    expect(answered("Something went wrong here; look for 4f in the log.").message).toContain("4f");
  });
});
