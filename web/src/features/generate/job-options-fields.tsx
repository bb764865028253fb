import { type JobOptions, labelsIn, type Staging } from "#features/generate/job-options.ts";
import { type Resolution, ResolutionField } from "#features/generate/resolution-field.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { SeedInput } from "#ui/seed-input.tsx";
import { Select } from "#ui/select.tsx";

interface JobOptionsFieldsProps {
  options: JobOptions;
  pools: readonly string[];
  /** What machines are good for, in their words. */
  labels: readonly string[];
  /** Whether files on the server are copied unless a job says. */
  stageOnSubmit: boolean;
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
  const { options, pools, labels, stageOnSubmit, resolutions, graphSeed, hasInputs, errorAt, onChange } = props;
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
      <RequiredLabels
        labels={labels}
        required={labelsIn(options.requiredLabels)}
        error={errorAt("requiredLabels")}
        onChange={(required) => onChange({ requiredLabels: required.join(", ") })}
      />
      {hasInputs && (
        <Field
          label="Input files on the server"
          className="col-span-2"
          help={
            options.staging === "IN_PLACE" || (options.staging === "" && !stageOnSubmit)
              ? "They must lie there unchanged until their run has started."
              : "Nothing done to them later matters."
          }
          error={errorAt("stageOnSubmit")}
        >
          <Select
            value={options.staging}
            onValueChange={(staging) => onChange({ staging: staging as Staging })}
            options={[
              { value: "", label: `As the studio does: ${stageOnSubmit ? "copied" : "read where they lie"}` },
              { value: "COPY", label: "Copied when submitted" },
              { value: "IN_PLACE", label: "Read where they lie" },
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

interface RequiredLabelsProps {
  labels: readonly string[];
  required: readonly string[];
  error: string | undefined;
  onChange: (required: string[]) => void;
}

/** What machines must be good for; out of sight while no machine says what it is good for. */
function RequiredLabels({ labels, required, error, onChange }: RequiredLabelsProps) {
  const all = [...new Set([...labels, ...required])].toSorted();
  if (all.length === 0) return null;
  return (
    <fieldset className="col-span-2 flex min-w-0 flex-col gap-1">
      <legend className="mb-1 font-medium text-ink-2">Only machines with</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {all.map((label) => (
          <Checkbox
            key={label}
            label={label}
            checked={required.includes(label)}
            onCheckedChange={(isRequired) =>
              onChange(isRequired ? [...required, label] : required.filter((each) => each !== label))
            }
          />
        ))}
      </div>
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
