"use client";

import { useCallback, useState } from "react";
import { type Client, useClient } from "urql";
import { graphql } from "#gql/gql.ts";
import { sameOrigin } from "#lib/assets.ts";
import { type Failure, failureIn, failureOf } from "#lib/graphql/failure.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { putFile } from "#lib/upload.ts";
import type { Picture } from "#ui/thumbnail.tsx";

const CreateUpload = graphql(`
  mutation CreateUpload($input: CreateUploadInput!) {
    createUpload(input: $input) {
      __typename
      ... on CreateUploadPayload {
        uploadId
        uploadUrl
        headers
      }
      ...FailureFields
    }
  }
`);

const CompleteUpload = graphql(`
  mutation CompleteUpload($input: CompleteUploadInput!) {
    completeUpload(input: $input) {
      __typename
      ... on CompleteUploadPayload {
        asset {
          id
          ...PictureFields
        }
      }
      ...FailureFields
    }
  }
`);

export type Uploaded = { picture: Picture; failure: null } | { picture: null; failure: Failure };

const broken = (message: string): Uploaded => ({
  picture: null,
  failure: { code: "UPLOAD", message, hint: null, issues: [] },
});
const refused = (failure: Failure | null): Uploaded =>
  failure ? { picture: null, failure } : broken("The server refused the file.");

/** Announce, send, complete: gives the asset, or why there is none. Never rejects. */
export async function uploadFile(
  client: Client,
  file: File,
  onProgress: (fraction: number) => void,
  signal?: AbortSignal,
  /** The project that the file is for. */
  projectId?: string,
): Promise<Uploaded> {
  const input = {
    filename: file.name,
    bytes: file.size,
    ...(file.type && { mime: file.type }),
    ...(projectId && { projectId }),
  };
  const created = await client.mutation(CreateUpload, { input }).toPromise();
  const target = created.data?.createUpload;
  if (!target) return refused(created.error ? failureOf(created.error) : null);
  if (target.__typename !== "CreateUploadPayload") return refused(failureIn(target));
  try {
    await putFile({ uploadUrl: sameOrigin(target.uploadUrl), headers: target.headers }, file, onProgress, signal);
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
  const completed = await client.mutation(CompleteUpload, { input: { uploadId: target.uploadId } }).toPromise();
  const outcome = completed.data?.completeUpload;
  if (!outcome) return refused(completed.error ? failureOf(completed.error) : null);
  if (outcome.__typename !== "CompleteUploadPayload") return refused(failureIn(outcome));
  return { picture: toPicture(outcome.asset), failure: null };
}

/** One upload at a time with its progress (0…1, null when none runs). */
export function useUpload(): {
  upload: (file: File, projectId?: string) => Promise<Uploaded>;
  progress: number | null;
} {
  const client = useClient();
  const [progress, setProgress] = useState<number | null>(null);
  const upload = useCallback(
    async (file: File, projectId?: string) => {
      setProgress(0);
      const uploaded = await uploadFile(client, file, setProgress, undefined, projectId);
      setProgress(null);
      return uploaded;
    },
    [client],
  );
  return { upload, progress };
}
