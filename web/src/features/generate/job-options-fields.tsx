import type { JobOptions } from "#features/generate/job-options.ts";
import type { SeedMode } from "#gql/graphql.ts";
import { type Failure, issueFor } from "#lib/graphql/failure.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { SeedInput } from "#ui/seed-input.tsx";
import { Select } from "#ui/select.tsx";

interface JobOptionsFieldsProps {
  options: JobOptions;
  pools: readonly string[];
  /** The seed in the graph, which a fixed seed starts from. */
  graphSeed: string;
  failure: Failure | null;
  onChange: (part: Partial<JobOptions>) => void;
}

const seedModes = [
  { value: "RANDOM", label: "Random, a new one per run" },
  { value: "FIXED", label: "Fixed" },
  { value: "INCREMENT", label: "Count up from" },
];

export function JobOptionsFields({ options, pools, graphSeed, failure, onChange }: JobOptionsFieldsProps) {
  const setSeedMode = (seedMode: SeedMode) =>
    onChange({ seedMode, ...(seedMode !== "RANDOM" && !options.seed && { seed: graphSeed }) });
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Job name" className="col-span-2" error={issueFor(failure, "name")}>
        <Input
          value={options.name}
          placeholder="Named after the workflow"
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <Field label="Tries" help="Runs per input" error={issueFor(failure, "tries")}>
        <Input
          type="number"
          min={1}
          max={100}
          value={options.tries}
          onChange={(event) => onChange({ tries: event.target.value })}
        />
      </Field>
      <Field label="Priority" help="Higher goes first" error={issueFor(failure, "priority")}>
        <Input
          type="number"
          value={options.priority}
          onChange={(event) => onChange({ priority: event.target.value })}
        />
      </Field>
      <Field
        label="Seed mode"
        className={options.seedMode === "RANDOM" ? "col-span-2" : ""}
        error={issueFor(failure, "seedMode")}
      >
        <Select value={options.seedMode} options={seedModes} onValueChange={(mode) => setSeedMode(mode as SeedMode)} />
      </Field>
      {options.seedMode !== "RANDOM" && (
        <Field label="Seed" error={issueFor(failure, "seed")}>
          <SeedInput value={options.seed} placeholder="" onValueChange={(seed) => onChange({ seed })} />
        </Field>
      )}
      <Field label="Resolution" help="Empty: the workflow's own" error={issueFor(failure, "resolution")}>
        <Input
          value={options.resolution}
          placeholder="1024x768"
          onChange={(event) => onChange({ resolution: event.target.value })}
        />
      </Field>
      {pools.length > 1 ? (
        <Field label="Pool" error={issueFor(failure, "pool")}>
          <Select
            value={options.pool}
            onValueChange={(pool) => onChange({ pool })}
            options={[{ value: "", label: "Default" }, ...pools.map((pool) => ({ value: pool, label: pool }))]}
          />
        </Field>
      ) : (
        <span />
      )}
      <div className="col-span-2">
        <Checkbox
          label="Swap width and height"
          checked={options.flipOrientation}
          onCheckedChange={(flipOrientation) => onChange({ flipOrientation })}
        />
      </div>
    </div>
  );
}
