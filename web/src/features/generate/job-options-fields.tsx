import type { JobOptions } from "#features/generate/job-options.ts";
import { type Resolution, ResolutionField } from "#features/generate/resolution-field.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { SeedInput } from "#ui/seed-input.tsx";
import { Select } from "#ui/select.tsx";

interface JobOptionsFieldsProps {
  options: JobOptions;
  pools: readonly string[];
  resolutions: readonly Resolution[];
  /** The seed in the graph, which a fixed seed starts from. */
  graphSeed: string;
  /** There may be several inputs. */
  hasInputs: boolean;
  /** What is wrong with a field. */
  errorAt: (field: string) => string | undefined;
  onChange: (part: Partial<JobOptions>) => void;
}

const seedModes = [
  { value: "RANDOM", label: "Random, a new one per run" },
  { value: "FIXED", label: "Fixed" },
  { value: "INCREMENT", label: "Count up from" },
];

export function JobOptionsFields(props: JobOptionsFieldsProps) {
  const { options, pools, resolutions, graphSeed, hasInputs, errorAt, onChange } = props;
  const setSeedMode = (seedMode: JobOptions["seedMode"]) =>
    onChange({ seedMode, ...(seedMode !== "RANDOM" && !options.seed && { seed: graphSeed }) });
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Job name" className="col-span-2" error={errorAt("name")}>
        <Input
          value={options.name}
          placeholder="Named after the workflow"
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <Field label="Tries" help="Runs per input" error={errorAt("tries")}>
        <Input
          type="number"
          min={1}
          max={100}
          value={options.tries}
          onChange={(event) => onChange({ tries: event.target.value })}
        />
      </Field>
      <Field label="Priority" help="Higher goes first" error={errorAt("priority")}>
        <Input
          type="number"
          value={options.priority}
          onChange={(event) => onChange({ priority: event.target.value })}
        />
      </Field>
      <Field
        label="Seed mode"
        className={options.seedMode === "RANDOM" ? "col-span-2" : ""}
        error={errorAt("seedMode")}
      >
        <Select
          value={options.seedMode}
          options={seedModes}
          onValueChange={(mode) => setSeedMode(mode as JobOptions["seedMode"])}
        />
      </Field>
      {options.seedMode !== "RANDOM" && (
        <Field label="Seed" error={errorAt("seed")}>
          <SeedInput value={options.seed} placeholder="" onValueChange={(seed) => onChange({ seed })} />
        </Field>
      )}
      <div className="col-span-2 flex flex-col gap-2">
        <ResolutionField
          value={options.resolution}
          presets={resolutions}
          error={errorAt("resolution")}
          onValueChange={(resolution) => onChange({ resolution })}
        />
        <Checkbox
          label="Swap width and height"
          checked={options.flipOrientation}
          onCheckedChange={(flipOrientation) => onChange({ flipOrientation })}
        />
      </div>
      {(pools.length > 1 || options.pool !== "") && (
        <Field label="Pool" className="col-span-2" error={errorAt("pool")}>
          <Select
            value={options.pool}
            onValueChange={(pool) => onChange({ pool })}
            options={[
              { value: "", label: "Default" },
              ...[...new Set([...pools, options.pool])].filter(Boolean).map((pool) => ({ value: pool, label: pool })),
            ]}
          />
        </Field>
      )}
      {hasInputs && (
        <div className="col-span-2">
          <Checkbox
            label="A job for each input"
            help="Each can be paused, canceled and ordered by itself."
            checked={options.splitByInput}
            onCheckedChange={(splitByInput) => onChange({ splitByInput })}
          />
        </div>
      )}
    </div>
  );
}
