import type { Asset, Blob, Upload } from "#platform/db/generated/client.ts";
import { AssetKind } from "#platform/db/generated/enums.ts";
import { ownedBy } from "#domains/accounts/viewer.ts";
import { completeUpload, createUpload } from "#domains/assets/uploads.service.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { encodeId, optionalId, requireId } from "#graphql/ids.ts";
import { byId, defineLoader } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

export type AssetRow = Asset & { blob: Blob };

/** Links in answers work for a day without a session, so that <img> and download managers need none. */
const linkLifetimeSecs = 86_400;

export const assetLoader = defineLoader<AssetRow>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.asset.findMany({
      where: { AND: [{ id: { in: [...ids] } }, viewer ? ownedBy(viewer) : { id: "" }] },
      include: { blob: true },
    }),
  ),
);

export const AssetKindType = builder.enumType(AssetKind, {
  name: "AssetKind",
  description: "Where an asset comes from.",
  values: {
    UPLOAD: { description: "Uploaded by a person." },
    STAGED: { description: "An input file on the server, copied in when a job was submitted or used where it lies." },
    OUTPUT: { description: "Made by a run." },
    THUMBNAIL: { description: "A small picture of another asset." },
    FRAME: { description: "A frame taken out of a clip." },
  },
});

export const AssetType = builder.objectRef<AssetRow>("Asset");
builder.node(AssetType, {
  description: "A stored file. Its bytes never change.",
  id: { resolve: (asset) => asset.id },
  loadOne: (id, context) => assetLoader(context).load(id),
  fields: (t) => ({
    filename: t.exposeString("filename", { description: "Its name, unique within its folder." }),
    kind: t.field({ type: AssetKindType, description: "Where it comes from.", resolve: (asset) => asset.kind }),
    mime: t.string({ description: "Type, told by the bytes.", resolve: (asset) => asset.blob.mime }),
    bytes: t.float({ description: "Size in bytes.", resolve: (asset) => Number(asset.blob.bytes) }),
    sha256: t.exposeString("sha256", { description: "Hash of the bytes, in hex." }),
    isInPlace: t.exposeBoolean("isInPlace", {
      description:
        "Whether its bytes are not in the storage but in a folder of the server, where somebody may change them.",
    }),
    width: t.int({
      nullable: true,
      description: "In pixels; null when it has none.",
      resolve: (asset) => asset.blob.width,
    }),
    height: t.int({
      nullable: true,
      description: "In pixels; null when it has none.",
      resolve: (asset) => asset.blob.height,
    }),
    durationSecs: t.float({
      nullable: true,
      description: "In seconds; null for what does not play.",
      resolve: (asset) => asset.blob.durationSecs,
    }),
    fps: t.float({
      nullable: true,
      description: "Frames in a second; null for what does not play.",
      resolve: (asset) => asset.blob.fps,
    }),
    url: t.string({
      description: "Where to fetch the bytes: signed, valid for a day, supports ranges.",
      resolve: (asset, _args, { deps }) => linkTo(deps, `/assets/${asset.id}/${encodeURIComponent(asset.filename)}`),
    }),
    thumbnailUrl: t.string({
      nullable: true,
      description: "A WebP of at most 480 pixels, of a clip a frame that stands for it; null for what has no picture.",
      resolve: (asset, _args, { deps }) =>
        /^(image|video)\//.test(asset.blob.mime) ? linkTo(deps, `/thumbnails/${asset.id}`) : null,
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was stored.", resolve: (asset) => asset.createdAt }),
    removedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When a clean-up took its bytes, because nobody needed them; null while they are there.",
      resolve: (asset) => asset.removedAt,
    }),
  }),
});

function linkTo({ signedUrls }: Context["deps"], path: string): string {
  return signedUrls.sign(path, linkLifetimeSecs);
}

interface CreatedUpload {
  upload: Upload;
  uploadUrl: string;
}

mutation("createUpload", {
  description:
    "Announce a file; PUT its bytes to uploadUrl with the given headers; then completeUpload makes the asset.",
  input: builder.inputType("CreateUploadInput", {
    description: "A file to come. Without a project an object is visible to its owner and ADMIN only.",
    fields: (t) => ({
      filename: t.string({ required: true, description: "Its name; folders and unsafe characters are taken out." }),
      bytes: t.float({ required: true, description: "Its exact size in bytes." }),
      mime: t.string({ description: "What the sender takes it for; the stored type is told by the bytes." }),
      projectId: t.id({ description: "The project it belongs to." }),
    }),
  }),
  payload: builder.objectRef<CreatedUpload>("CreateUploadPayload").implement({
    description: "Where to send the bytes.",
    fields: (t) => ({
      uploadId: t.id({
        description: "Give it to completeUpload.",
        resolve: ({ upload }) => encodeId("Upload", upload.id),
      }),
      uploadUrl: t.exposeString("uploadUrl", {
        description: "PUT the bytes here: signed, valid for an hour; a path is relative to the API's address.",
      }),
      headers: t.field({
        type: "JSON",
        description: "Headers that the PUT must carry.",
        // Not the length: every client sends it by itself, and a browser refuses to be told.
        resolve: () => ({ "content-type": "application/octet-stream" }),
      }),
    }),
  }),
  resolve: (input, { deps, viewer }) =>
    createUpload(deps, viewer, {
      filename: input.filename,
      bytes: input.bytes,
      mime: input.mime ?? undefined,
      projectId: optionalId("Project", input.projectId, ["projectId"]),
    }),
});

mutation("completeUpload", {
  description: "Makes the asset of an upload whose bytes have arrived: checks, measures and names it.",
  input: builder.inputType("CompleteUploadInput", {
    description: "Which upload.",
    fields: (t) => ({ uploadId: t.id({ required: true, description: "From createUpload." }) }),
  }),
  payload: payloadOf("CompleteUploadPayload", "asset", AssetType, "The stored file."),
  resolve: async (input, { deps, viewer }) => ({
    asset: await completeUpload(deps, viewer, requireId("Upload", input.uploadId, ["uploadId"])),
  }),
});
