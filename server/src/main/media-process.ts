import { serveMedia } from "#platform/media/process/serve.ts";

serveMedia();
