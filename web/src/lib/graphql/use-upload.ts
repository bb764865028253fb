"use client";

import { useCallback, useState } from "react";
import { useClient } from "urql";
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

const broken = (message: string): Failure => ({ code: "UPLOAD", message, hint: null, issues: [] });

type Uploaded = { picture: Picture; failure: null } | { picture: null; failure: Failure };

/** Announce, send, complete: gives the asset, or why there is none. */
export function useUpload(): { upload: (file: File) => Promise<Uploaded>; progress: number | null } {
  const client = useClient();
  const [progress, setProgress] = useState<number | null>(null);
  const upload = useCallback(
    async (file: File): Promise<Uploaded> => {
      const fail = (failure: Failure): Uploaded => ({ picture: null, failure });
      setProgress(0);
      try {
        const input = { filename: file.name, bytes: file.size, ...(file.type && { mime: file.type }) };
        const created = await client.mutation(CreateUpload, { input }).toPromise();
        const target = created.data?.createUpload;
        if (!target) return fail(created.error ? failureOf(created.error) : broken("The upload was not announced."));
        if (target.__typename !== "CreateUploadPayload") return fail(failureIn(target) ?? broken("Refused."));
        await putFile({ uploadUrl: sameOrigin(target.uploadUrl), headers: target.headers }, file, setProgress);
        const done = await client.mutation(CompleteUpload, { input: { uploadId: target.uploadId } }).toPromise();
        const outcome = done.data?.completeUpload;
        if (!outcome) return fail(done.error ? failureOf(done.error) : broken("The upload was not completed."));
        if (outcome.__typename !== "CompleteUploadPayload") return fail(failureIn(outcome) ?? broken("Refused."));
        return { picture: toPicture(outcome.asset), failure: null };
      } catch (error) {
        return fail(broken(error instanceof Error ? error.message : String(error)));
      } finally {
        setProgress(null);
      }
    },
    [client],
  );
  return { upload, progress };
}
