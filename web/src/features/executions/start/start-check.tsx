import { CircleAlert, CircleCheck, CircleDashed, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { StageEstimate } from "#features/executions/start/stage-estimate.tsx";
import type { StartPreflight } from "#features/executions/start/use-start-preflight.ts";
import { cn } from "#lib/cn.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Link } from "#ui/link.tsx";
import { Panel } from "#ui/panel.tsx";

interface Props {
  branchId: string;
  preflight: StartPreflight;
  /** What the form still wants. */
  missing: readonly string[];
}

type Finding = NonNullable<StartPreflight["plan"]>["findings"][number];

/** What stands against the film, with what to do, and how long it takes. */
export function StartCheck({ branchId, preflight: { plan, failure, isCurrent }, missing }: Props) {
  return (
    <Panel title="Check">
      <div
        aria-live="polite"
        className={cn("flex flex-col gap-3 transition-opacity", plan && !isCurrent && "opacity-60")}
      >
        {missing.length > 0 ? (
          <Line icon={CircleDashed} look="text-ink-3">{`Still wanted: ${missing.join(", ")}.`}</Line>
        ) : failure ? (
          <FailureNotice failure={failure} />
        ) : plan ? (
          <>
            <Verdict plan={plan} />
            {plan.findings.length > 0 && (
              <ul aria-label="Findings" className="flex flex-col gap-3">
                {plan.findings.map((finding) => (
                  <FindingLine
                    key={`${finding.code} ${finding.stage} ${finding.message}`}
                    finding={finding}
                    branchId={branchId}
                  />
                ))}
              </ul>
            )}
            <div className="flex flex-col gap-1 text-ink-2">
              <StageEstimate name="image" estimate={plan.images} />
              <StageEstimate name="clip" estimate={plan.videos} />
            </div>
          </>
        ) : (
          <Line icon={CircleDashed} look="text-ink-3">
            Checking
          </Line>
        )}
      </div>
    </Panel>
  );
}

function Verdict({ plan }: { plan: NonNullable<StartPreflight["plan"]> }) {
  if (plan.isBlocked)
    return (
      <Line icon={CircleAlert} look="text-bad">
        Not to be started like this
      </Line>
    );
  if (plan.findings.length > 0)
    return (
      <Line icon={TriangleAlert} look="text-warn">
        Nothing stops it; look at this first
      </Line>
    );
  return (
    <Line icon={CircleCheck} look="text-good">
      Nothing stands against it
    </Line>
  );
}

function FindingLine({ finding, branchId }: { finding: Finding; branchId: string }) {
  const { code, isBlocking, stage, message, remedy, sceneNumbers, suggestions } = finding;
  const Icon = isBlocking ? CircleAlert : TriangleAlert;
  const scenes = code !== "PROMPT_NAME_MISSING" && sceneNumbers.length > 0;
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", isBlocking ? "text-bad" : "text-warn")} />
      <div className="min-w-0 break-words">
        <p>{message}</p>
        <p className="text-ink-3">
          {stage === "IMAGES" ? "Images" : "Clips"}
          {scenes && ` · scene ${sceneNumbers.slice(0, 12).join(", ")}${sceneNumbers.length > 12 ? " …" : ""}`}
        </p>
        <p className="text-ink-2">
          {remedy}
          {code === "PROMPT_NAME_MISSING" && (
            <>
              {" "}
              <Link
                href={`/stories/branches/${encodeURIComponent(branchId)}/prompts`}
                className="underline underline-offset-2"
              >
                Prompts of the branch
              </Link>
            </>
          )}
        </p>
        {suggestions.length > 0 && <p className="text-ink-2">{`Near: ${suggestions.join(", ")}`}</p>}
      </div>
    </li>
  );
}

function Line({ icon: Icon, look, children }: { icon: LucideIcon; look: string; children: ReactNode }) {
  return (
    <p className="flex gap-2 font-medium">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", look)} />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}
