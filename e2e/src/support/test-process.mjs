import { becomeTestProcess } from "../../../scripts/lib/test-process.mjs";

// Pages, servers and the browser share two cores.
becomeTestProcess(240_000);
