// `npm run build`: server and web client as the container images need them.
import { buildServer, buildWeb, main, prepare } from "./lib/bootstrap.mjs";

await main(async () => {
  await prepare();
  await buildServer();
  await buildWeb();
});
