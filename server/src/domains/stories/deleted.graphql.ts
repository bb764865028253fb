import { builder } from "#graphql/builder.ts";
import { encodeId } from "#graphql/ids.ts";

/** The payload of a mutation that deletes something of that type. */
export function deletedPayload(name: string, type: string) {
  return builder.objectRef<{ id: string }>(name).implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedId: t.id({ description: "The id that it had.", resolve: ({ id }) => encodeId(type, id) }),
    }),
  });
}

/** An input that names one thing and nothing else. */
export function idInput(name: string, what: string) {
  return builder.inputType(name, {
    description: `Which ${what}.`,
    fields: (t) => ({ id: t.id({ required: true, description: `The ${what}.` }) }),
  });
}
