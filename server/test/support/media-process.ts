import { serveMedia } from "#platform/media/process/serve.ts";

/** What the product starts for media work, bundled for suites that run from source. */
serveMedia();
