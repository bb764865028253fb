import { limitTime } from "./time-limits.mjs";

// Databases and simulated machines share two cores with everything else that runs.
limitTime(30_000);
// The loader of this process is not for those that tests start, which run as they are built.
delete process.env.NODE_OPTIONS;
