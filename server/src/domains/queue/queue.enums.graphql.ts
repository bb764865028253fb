import { JobStatus, RunStatus, SeedMode } from "#platform/db/generated/enums.ts";
import { builder } from "#graphql/builder.ts";

export const JobStatusType = builder.enumType(JobStatus, {
  name: "JobStatus",
  description: "Where a job stands, told by its runs.",
  values: {
    PENDING: { description: "Waits for a machine." },
    RUNNING: { description: "At least one run is in hand." },
    PAUSED: { description: "Waits, and claims nothing until it is resumed." },
    SUCCEEDED: { description: "All runs succeeded." },
    PARTIAL: { description: "Over; some runs succeeded." },
    FAILED: { description: "Over; none succeeded and some failed." },
    CANCELED: { description: "Over; all runs were canceled." },
  },
});
export const RunStatusType = builder.enumType(RunStatus, {
  name: "RunStatus",
  description: "Where a run stands.",
  values: {
    PENDING: { description: "Waits for a machine." },
    CLAIMED: { description: "Has a place on a machine; inputs are uploaded." },
    SUBMITTED: { description: "In the machine's own queue." },
    RUNNING: { description: "The machine executes it." },
    COLLECTING: { description: "Its outputs are fetched." },
    SUCCEEDED: { description: "Done, with all its files." },
    FAILED: { description: "Over, and no automatic attempt is left." },
    CANCELING: { description: "Asked to stop; the result may still land first." },
    CANCELED: { description: "Stopped." },
  },
});
export const SeedModeType = builder.enumType(SeedMode, {
  name: "SeedMode",
  description: "Where the seeds of a job's runs come from.",
  values: {
    RANDOM: { description: "A fresh one for each run." },
    FIXED: { description: "The same for all." },
    INCREMENT: { description: "The given one, then one more for each run." },
  },
});
