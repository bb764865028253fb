// `npm run build -w client`: the package as it would be published; `npm pack -w client` makes its archive.
import { buildClient, main } from "./lib/bootstrap.mjs";

await main(buildClient);
