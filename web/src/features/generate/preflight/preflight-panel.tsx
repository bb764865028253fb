import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from "lucide-react";
import type { FindingOfRuns } from "#features/generate/preflight/placed-findings.ts";
import { PreflightEstimate } from "#features/generate/preflight/preflight-estimate.tsx";
import type { Preflight } from "#features/generate/preflight/use-preflight.ts";
import { cn } from "#lib/cn.ts";
import { plural } from "#lib/format.ts";
import { issuesOutside, pathOf } from "#lib/graphql/failure.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { Panel } from "#ui/panel.tsx";

interface PreflightPanelProps {
  preflight: Preflight;
  /** Findings that no field shows. */
  elsewhere: readonly FindingOfRuns[];
  /** Dotted places that fields show. */
  shownFields: readonly string[];
  skipBlocked: boolean;
  allowUnresolved: boolean;
  onSkipBlockedChange: (skipBlocked: boolean) => void;
  onAllowUnresolvedChange: (allowUnresolved: boolean) => void;
}

/** Which runs would go, what stands against the others, and how long it takes. */
export function PreflightPanel(props: PreflightPanelProps) {
  const { preflight, elsewhere, shownFields, skipBlocked, allowUnresolved } = props;
  const { plan, failure } = preflight;
  const isUnresolved = plan?.findings.some(({ finding }) => finding.code.startsWith("UNRESOLVED"));
  return (
    <Panel title="Check">
      <div aria-live="polite" className="flex flex-col gap-3">
        <Verdict preflight={preflight} skipBlocked={skipBlocked} shownFields={shownFields} />
        {elsewhere.length > 0 && (
          <ul aria-label="Findings" className="flex flex-col gap-2">
            {elsewhere.map((each) => (
              <FindingLine
                key={`${each.finding.code} ${each.finding.path.join(".")} ${each.finding.message}`}
                {...each}
              />
            ))}
          </ul>
        )}
        {plan && !failure && <PreflightEstimate estimate={plan.estimate} />}
      </div>
      <div className="mt-3 flex flex-col gap-2 empty:hidden">
        {(skipBlocked || (plan?.blockedCount ?? 0) > 0) && (
          <Checkbox
            label="Leave out blocked runs"
            help="The others are submitted without them."
            checked={skipBlocked}
            onCheckedChange={props.onSkipBlockedChange}
          />
        )}
        {(allowUnresolved || isUnresolved) && (
          <Checkbox
            label="Allow unresolved placeholders"
            help="They stand in the prompt as they are written."
            checked={allowUnresolved}
            onCheckedChange={props.onAllowUnresolvedChange}
          />
        )}
      </div>
    </Panel>
  );
}

function Verdict({
  preflight: { plan, failure, isCurrent },
  skipBlocked,
  shownFields,
}: Pick<PreflightPanelProps, "preflight" | "skipBlocked" | "shownFields">) {
  if (failure) {
    const issues = issuesOutside(failure, shownFields);
    const isAtFields = failure.issues.length > 0 && issues.length === 0;
    return (
      <Line icon={CircleAlert} look="text-bad">
        {isAtFields ? "Not to be planned like this: see the marked fields" : failure.message}
        {issues.some(({ message }) => message !== failure.message) && (
          <span className="block text-ink-2">{issues.map((each) => `${pathOf(each)} ${each.message}`).join("; ")}</span>
        )}
      </Line>
    );
  }
  if (!plan) {
    return (
      <Line icon={CircleDashed} look="text-ink-3">
        {isCurrent ? "Nothing to check yet" : "Checking"}
      </Line>
    );
  }
  const { readyCount, warnedCount, blockedCount, jobCount } = plan;
  const total = readyCount + warnedCount + blockedCount;
  const jobs = jobCount > 1 ? ` in ${plural(jobCount, "job")}` : "";
  if (blockedCount > 0) {
    return (
      <Line icon={CircleAlert} look="text-bad" isDim={!isCurrent}>
        {`${blockedCount} of ${plural(total, "run")} blocked`}
        <span className="block font-normal text-ink-2">
          {skipBlocked
            ? `${plural(total - blockedCount, "run")} would be submitted.`
            : "Nothing is submitted unless that is mended or they are left out."}
        </span>
      </Line>
    );
  }
  if (warnedCount > 0) {
    return (
      <Line icon={TriangleAlert} look="text-warn" isDim={!isCurrent}>
        {`${plural(total, "run")} would go${jobs}, ${warnedCount} with a warning`}
      </Line>
    );
  }
  return (
    <Line icon={CircleCheck} look="text-good" isDim={!isCurrent}>
      {`${plural(total, "run")} ready${jobs}`}
    </Line>
  );
}

interface LineProps {
  icon: typeof CircleAlert;
  look: string;
  isDim?: boolean;
  children: React.ReactNode;
}

function Line({ icon: Icon, look, isDim = false, children }: LineProps) {
  return (
    <p className={cn("flex gap-2 font-medium transition-opacity", isDim && "opacity-60")}>
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", look)} />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}

function FindingLine({ finding, runCount }: FindingOfRuns) {
  const { isBlocking, message, remedy, suggestions } = finding;
  const Icon = isBlocking ? CircleAlert : TriangleAlert;
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", isBlocking ? "text-bad" : "text-warn")} />
      <div className="min-w-0 break-words">
        <p>
          {message}
          <span className="text-ink-3">{` · ${plural(runCount, "run")}`}</span>
        </p>
        <p className="text-ink-2">{remedy}</p>
        {suggestions.length > 0 && <p className="text-ink-2">{`Near: ${suggestions.join(", ")}`}</p>}
      </div>
    </li>
  );
}
