"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import type { Failure } from "#lib/graphql/failure.ts";
import { uploadFile } from "#lib/graphql/use-upload.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import type { Picture } from "#ui/thumbnail.tsx";

export interface InputFile {
  key: string;
  name: string;
  /** 0…1 */
  progress: number;
  picture: Picture | null;
  failure: Failure | null;
}

/** The files chosen as inputs of a job, uploading at once; a removed one stops uploading. */
export function useInputFiles() {
  const client = useClient();
  const [files, setFiles] = useState<readonly InputFile[]>([]);
  const sources = useRef(new Map<string, { file: File; abort: AbortController }>());
  useEffect(() => {
    const all = sources.current;
    return () => all.forEach(({ abort }) => abort.abort());
  }, []);

  const send = useCallback(
    async (key: string) => {
      const source = sources.current.get(key);
      if (!source) return;
      const change = (part: Partial<InputFile>) =>
        setFiles((before) => before.map((file) => (file.key === key ? { ...file, ...part } : file)));
      change({ progress: 0, failure: null });
      change(await uploadFile(client, source.file, (progress) => change({ progress }), source.abort.signal));
    },
    [client],
  );
  const add = (chosen: File[]) => {
    const added = chosen.map((file) => {
      const key = uniqueKey();
      sources.current.set(key, { file, abort: new AbortController() });
      return { key, name: file.name, progress: 0, picture: null, failure: null };
    });
    setFiles((before) => [...before, ...added]);
    for (const { key } of added) void send(key);
  };
  const remove = (key: string) => {
    sources.current.get(key)?.abort.abort();
    sources.current.delete(key);
    setFiles((before) => before.filter((file) => file.key !== key));
  };
  const clear = () => files.forEach((file) => remove(file.key));
  return { files, add, remove, retry: (key: string) => void send(key), clear };
}
