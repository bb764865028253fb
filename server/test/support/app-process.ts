import { createApp } from "#app/create-app.ts";
import type { Config } from "#app/config.ts";

/** One process of the product for drills: told by its parent what to be, and there to be killed. */
interface Orders {
  config: Config;
  databaseUrl: string;
  roles: { api: boolean; worker: boolean };
}

const { config, databaseUrl, roles } = JSON.parse(process.env["CALLSHEET_DRILL"] ?? "") as Orders;
const app = await createApp(config, { databaseUrl, roles });
const port = app.api ? await app.api.listen(0, "127.0.0.1") : 0;
process.send?.({ port });
process.on("disconnect", () => process.exit());
