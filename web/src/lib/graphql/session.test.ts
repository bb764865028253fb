import { GraphQLError } from "graphql";
import { CombinedError } from "urql";
import { createSession } from "#lib/graphql/session.ts";

const signedOut = new CombinedError({
  graphQLErrors: [new GraphQLError("Sign in.", { extensions: { code: "UNAUTHENTICATED" } })],
});

test("somebody who never was signed in is told from somebody whose session is over", () => {
  const stranger = createSession();
  stranger.hear(signedOut);
  expect(stranger.state()).toBe("none");
  const member = createSession();
  member.hear(undefined);
  member.hear(signedOut);
  member.hear(signedOut);
  expect(member.state()).toBe("over");
});

test("signing in in another window counts here too", () => {
  const session = createSession();
  session.hear(undefined);
  session.hear(signedOut);
  session.hear(undefined);
  expect(session.state()).toBe("in");
});

test("a server that does not answer signs nobody out", () => {
  const session = createSession();
  session.hear(undefined);
  session.hear(new CombinedError({ networkError: new Error("Failed to fetch") }));
  expect(session.state()).toBe("in");
});
