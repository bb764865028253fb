import { deleteLibrary, updateLibrary } from "#domains/libraries/edit-library.service.ts";
import { LibraryType } from "#domains/libraries/libraries.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

mutation("updateLibrary", {
  description: "Changes what is given of a library; entries that are not named stay as they are.",
  input: builder.inputType("UpdateLibraryInput", {
    description: "What to change.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which library." }),
      name: t.string({ description: "Unique in its scope; 1 to 200 characters." }),
      setEntries: t.field({ type: "JSON", description: "Map of key to text: adds or replaces these entries." }),
      removeKeys: t.stringList({
        description: "Takes these entries away, unless they are set as well; keys that are not there are no error.",
      }),
      delimiter: t.string({ description: "1 to 8 characters before and behind a key." }),
      maxDepth: t.int({ description: "Levels of references to follow, 1 to 100." }),
    }),
  }),
  payload: payloadOf("UpdateLibraryPayload", "library", LibraryType, "The library as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    library: await updateLibrary(deps, viewer, {
      id: requireId("Library", input.id, ["id"]),
      name: input.name ?? undefined,
      setEntries: input.setEntries ?? undefined,
      removeKeys: input.removeKeys ?? undefined,
      delimiter: input.delimiter ?? undefined,
      maxDepth: input.maxDepth ?? undefined,
    }),
  }),
});

mutation("deleteLibrary", {
  description: "Deletes a library, also from the projects that it is attached to; references to it stay as written.",
  input: builder.inputType("DeleteLibraryInput", {
    description: "Which library.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which library." }) }),
  }),
  payload: builder.objectRef<{ deletedId: string }>("DeleteLibraryPayload").implement({
    description: "Answer of a mutation: the id that the library had.",
    fields: (t) => ({ deletedId: t.exposeID("deletedId", { description: "The id that the library had." }) }),
  }),
  resolve: async (input, { deps, viewer }) => {
    await deleteLibrary(deps, viewer, requireId("Library", input.id, ["id"]));
    return { deletedId: input.id };
  },
});
