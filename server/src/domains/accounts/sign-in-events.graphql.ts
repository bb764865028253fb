import { UserType, userLoader } from "#domains/accounts/accounts.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { encodeId } from "#graphql/ids.ts";
import { SignInMethod } from "#platform/db/generated/enums.ts";
import type { SignInEvent } from "#platform/db/generated/client.ts";

const MethodType = builder.enumType(SignInMethod, {
  name: "SignInMethod",
  description: "How somebody tried to come in.",
  values: {
    PASSWORD: { description: "By e-mail address and password." },
    PASSWORD_CHANGE: { description: "Signed in already, by the old password, to change it." },
    LINK: { description: "By the link of an invitation, of a reset, or of the first start." },
    OIDC: { description: "By an identity provider." },
  },
});

const EventType = builder.objectRef<SignInEvent>("SignInEvent").implement({
  description: "An attempt to come in. Those beyond the limits are turned away and not kept.",
  fields: (t) => ({
    id: t.id({ description: "Its id.", resolve: ({ id }) => encodeId("SignInEvent", id) }),
    at: t.field({ type: "DateTime", description: "When it was.", resolve: ({ createdAt }) => createdAt }),
    method: t.field({ type: MethodType, description: "How it was tried.", resolve: ({ method }) => method }),
    isSuccess: t.boolean({
      description: "Whether it let somebody in.",
      resolve: (event) => event.outcome === "SUCCEEDED",
    }),
    email: t.exposeString("email", {
      nullable: true,
      description: "The address as it was typed, in small letters; null where none is.",
    }),
    user: t.field({
      type: UserType,
      nullable: true,
      description: "Who came in; null for nobody.",
      resolve: ({ userId }, _args, context) => (userId === null ? null : userLoader(context).load(userId)),
    }),
    address: t.exposeString("address", { description: "The network address that it came from." }),
    userAgent: t.exposeString("userAgent", { description: "What the program said that it is." }),
  }),
});

builder.queryField("signInEvents", (t) =>
  t.connection(
    {
      type: EventType,
      authScopes: { admin: true },
      description: "Who came in, or tried to, newest first; kept for 180 days. ADMIN only.",
      args: { failedOnly: t.arg.boolean({ description: "Only those that let nobody in." }) },
      resolve: (_root, { failedOnly, ...args }, { deps }) => {
        const where = failedOnly ? { outcome: { not: "SUCCEEDED" as const } } : {};
        return idConnection(
          args,
          (page) => deps.db.prisma.signInEvent.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => deps.db.prisma.signInEvent.count({ where }),
        );
      },
    },
    { name: "SignInEventConnection", description: "A page of attempts." },
    { name: "SignInEventEdge", description: "An attempt in a page." },
  ),
);
