/** Where and how an announced file is sent. */
export interface UploadTarget {
  uploadUrl: string;
  headers: unknown;
}

/**
 * PUTs a file's bytes, telling the share sent (0…1) on the way.
 * XMLHttpRequest, because fetch does not report upload progress.
 */
export function putFile(
  target: UploadTarget,
  file: File,
  onProgress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", target.uploadUrl);
    for (const [name, value] of Object.entries((target.headers ?? {}) as Record<string, string>)) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => onProgress(event.total ? event.loaded / event.total : 0);
    request.onload = () =>
      request.status < 300
        ? resolve()
        : reject(new Error(`${file.name} was refused (${request.status}). ${request.responseText.slice(0, 200)}`));
    request.onerror = () => reject(new Error(`${file.name} did not reach the server.`));
    request.onabort = () => reject(new Error(`Upload of ${file.name} was stopped.`));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
