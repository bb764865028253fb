import { limitTime } from "../../../scripts/lib/time-limits.mjs";

// Pages, servers and the browser share two cores.
limitTime(240_000);
