/** As much of the package, which comes without types, as is used here. */
declare module "@20minutes/s3rver" {
  /** A context of Koa. */
  export interface Request {
    method: string;
    path: string;
    query: Record<string, string | undefined>;
    status: number;
    type: string;
    body: unknown;
    respond: boolean;
    req: { socket: { destroy(): void } };
    res: { write: (...args: unknown[]) => boolean };
  }
  export type Middleware = (context: Request, next: () => Promise<void>) => Promise<void>;

  interface Store {
    getResourcePath(bucket: string, key: string | undefined, resource: string): string;
    copyObject(fromBucket: string, fromKey: string, toBucket: string, toKey: string, meta: unknown): Promise<unknown>;
    getMetadata(bucket: string, key: string): Promise<unknown>;
    listObjects(bucket: string, options: { prefix: string }): Promise<{ objects: { key: string }[] }>;
  }

  export default class S3rver {
    constructor(options: {
      directory: string;
      address: string;
      port: number;
      silent: boolean;
      allowMismatchedSignatures: boolean;
    });
    readonly middleware: Middleware[];
    readonly store: Store;
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  }
}
