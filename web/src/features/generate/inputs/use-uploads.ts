"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import type { DroppedFile } from "#features/generate/workspaces/workspace.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { uploadFile } from "#lib/graphql/use-upload.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import type { Picture } from "#ui/thumbnail.tsx";

export interface UploadState {
  /** 0…1 */
  progress: number;
  picture: Picture | null;
  failure: Failure | null;
}

export interface Uploads {
  /** By the file's key; of files of an earlier visit nothing is known here. */
  states: Readonly<Record<string, UploadState>>;
  add: (files: File[]) => DroppedFile[];
  retry: (key: string) => void;
  /** A removed file stops uploading. */
  forget: (keys: readonly string[]) => void;
}

/** The uploads of all workspaces: one that is not on screen goes on. */
export function useUploads(onUploaded: (key: string, picture: Picture) => void): Uploads {
  const client = useClient();
  const [states, setStates] = useState<Record<string, UploadState>>({});
  const sources = useRef(new Map<string, { file: File; abort: AbortController }>());
  const uploaded = useRef(onUploaded);
  useEffect(() => {
    uploaded.current = onUploaded;
  });
  useEffect(() => {
    const all = sources.current;
    return () => all.forEach(({ abort }) => abort.abort());
  }, []);

  const send = useCallback(
    async (key: string) => {
      const source = sources.current.get(key);
      if (!source) return;
      const change = (part: Partial<UploadState>) =>
        setStates((before) => ({
          ...before,
          [key]: { progress: 0, picture: null, failure: null, ...before[key], ...part },
        }));
      change({ progress: 0, failure: null });
      const result = await uploadFile(client, source.file, (progress) => change({ progress }), source.abort.signal);
      if (!sources.current.has(key)) return;
      change(result);
      if (result.picture) uploaded.current(key, result.picture);
    },
    [client],
  );
  const add = (files: File[]) =>
    files.map((file) => {
      const key = uniqueKey();
      sources.current.set(key, { file, abort: new AbortController() });
      void send(key);
      return { key, name: file.name, assetId: null };
    });
  const forget = (keys: readonly string[]) => {
    for (const key of keys) {
      sources.current.get(key)?.abort.abort();
      sources.current.delete(key);
    }
    setStates((before) => Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key))));
  };
  return { states, add, retry: (key) => void send(key), forget };
}
