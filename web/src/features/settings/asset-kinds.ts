import type { AssetKind } from "#gql/graphql.ts";

/** What files of a kind are, in the words of people. */
export const assetKinds: Record<AssetKind, { name: string; what: string }> = {
  UPLOAD: { name: "Uploads", what: "what people put here" },
  STAGED: { name: "Staged inputs", what: "copies of input files on the server" },
  OUTPUT: { name: "Outputs", what: "what runs made" },
  FRAME: { name: "Frames", what: "taken out of clips" },
  THUMBNAIL: { name: "Thumbnails", what: "small pictures of other files" },
};
