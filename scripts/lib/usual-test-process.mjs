import { becomeTestProcess } from "./test-process.mjs";

// Databases and simulated machines share two cores with everything else that runs.
becomeTestProcess(240_000);
