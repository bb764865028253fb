import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { storeAsset } from "#domains/assets/assets.service.ts";
import { primaryInput, type WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { encodeId } from "#graphql/ids.ts";
import type { InputKind } from "#platform/db/generated/enums.ts";
import { sampleClip, samplePicture, sampleSound } from "#platform/media/sample-media.ts";

type MediaType = "IMAGE" | "VIDEO" | "AUDIO";

const samples: Record<MediaType, { filename: string; make: () => Promise<Buffer> | Buffer }> = {
  IMAGE: { filename: "sample.png", make: samplePicture },
  VIDEO: { filename: "sample.mp4", make: sampleClip },
  AUDIO: { filename: "sample.wav", make: sampleSound },
};

/** Something small for everything that a workflow takes: the job's input file, and the files that parameters name. */
export async function sampleInputs(
  deps: Pick<Deps, "db" | "storage">,
  viewer: Viewer,
  inputKind: InputKind,
  parameters: readonly WorkflowParameter[],
): Promise<{ inputs: { assetId: string }[]; params: Record<string, string> }> {
  const made = new Map<MediaType, string>();
  const sample = async (type: MediaType): Promise<string> => {
    const id = made.get(type) ?? (await sampleAsset(deps, viewer, type));
    made.set(type, id);
    return id;
  };
  const inputs = inputKind === "NONE" ? [] : [{ assetId: await sample(inputKind) }];
  const primary = inputs.length > 0 ? primaryInput(parameters) : null;
  const params: Record<string, string> = {};
  for (const { key, type } of parameters) {
    if (key === primary?.key || !(type === "IMAGE" || type === "VIDEO" || type === "AUDIO")) continue;
    params[key] = await sample(type);
  }
  return { inputs, params };
}

/** The viewer's sample of that kind, made once. @returns its global id */
async function sampleAsset(deps: Pick<Deps, "db" | "storage">, viewer: Viewer, type: MediaType): Promise<string> {
  const { filename, make } = samples[type];
  const folder = `dry-runs/${viewer.userId}`;
  const blob = await deps.storage.putBytes(await make());
  const known = await deps.db.prisma.asset.findFirst({
    where: { folder, sha256: blob.sha256, createdById: viewer.userId },
    select: { id: true },
  });
  const { id } =
    known ??
    (await storeAsset(deps, { blob, kind: "STAGED", folder, filename, projectId: null, createdById: viewer.userId }));
  return encodeId("Asset", id);
}
