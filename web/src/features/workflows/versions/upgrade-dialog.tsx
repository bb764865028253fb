"use client";

import { useEffect, useState } from "react";
import type { ResultOf } from "@graphql-typed-document-node/core";
import { toast } from "#ui/toast.tsx";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const UpgradeSceneType = graphql(`
  mutation UpgradeOutdatedSceneType($input: UpgradeSceneTypeInput!) {
    upgradeSceneType(input: $input) {
      __typename
      ... on UpgradeSceneTypePayload {
        sceneType {
          id
          workflow {
            id
            outdatedSceneTypeCount
          }
          workflowVersion {
            id
            number
          }
        }
        report {
          defaultsKept
          overridesKept
          from {
            id
            number
          }
          to {
            id
            number
          }
          lost {
            defaultCount
            overrideCount
            slot {
              id
              label
              nodeId
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);

type Payload = Extract<
  NonNullable<ResultOf<typeof UpgradeSceneType>["upgradeSceneType"]>,
  { __typename: "UpgradeSceneTypePayload" }
>;

interface UpgradeDialogProps {
  sceneTypeId: string;
  name: string;
  onClose: () => void;
}

/** Says what a move to the current version would do to a scene type's texts, then does it. */
export function UpgradeDialog({ sceneTypeId, name, onClose }: UpgradeDialogProps) {
  const { run: ask, failure: unknown } = useAction(UpgradeSceneType);
  const { run, isPending, failure } = useAction(UpgradeSceneType);
  const [report, setReport] = useState<Payload["report"] | null>(null);
  const [mayRemove, setMayRemove] = useState(false);
  useEffect(() => {
    void ask({ input: { id: sceneTypeId, dryRun: true } }).then((payload) => payload && setReport(payload.report));
  }, [ask, sceneTypeId]);
  const lost = report?.lost ?? [];
  const lostTexts = lost.reduce((sum, { defaultCount, overrideCount }) => sum + defaultCount + overrideCount, 0);
  const upgrade = async () => {
    const payload = await run({ input: { id: sceneTypeId, removeOrphans: mayRemove } });
    if (!payload) return;
    toast.success(`${name} uses version ${payload.report.to.number} now`);
    onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={`Upgrade ${name}`}>
      {report ? (
        <div className="flex flex-col gap-3">
          <p>{`From version ${report.from.number} to version ${report.to.number}.`}</p>
          <ul className="list-disc pl-4 text-ink-2">
            <li>{`${plural(report.defaultsKept, "text")} of the scene type ${report.defaultsKept === 1 ? "keeps its" : "keep their"} slot`}</li>
            <li>{`${plural(report.overridesKept, "override")} ${report.overridesKept === 1 ? "keeps its" : "keep their"} slot`}</li>
          </ul>
          {lost.length > 0 && (
            <div className="rounded-md bg-warn-soft px-3 py-2">
              <p className="font-medium text-warn">{`${plural(lost.length, "slot")} will be gone`}</p>
              <ul className="mt-1 list-disc pl-4 text-ink-2">
                {lost.map(({ slot, defaultCount, overrideCount }) => (
                  <li key={slot.id}>
                    {`${slot.label} (node ${slot.nodeId}): ${plural(defaultCount, "text")}, ${plural(overrideCount, "override")}`}
                  </li>
                ))}
              </ul>
              {lostTexts > 0 && (
                <div className="mt-2">
                  <Checkbox
                    label={`Remove ${lostTexts === 1 ? "this text" : `these ${lostTexts} texts`} for good`}
                    checked={mayRemove}
                    onCheckedChange={setMayRemove}
                  />
                </div>
              )}
            </div>
          )}
        </div>
      ) : (
        !unknown && <SkeletonRows count={2} className="h-6" />
      )}
      <div className="mt-3">
        <FailureNotice failure={unknown ?? failure} />
      </div>
      <DialogActions>
        <Button variant="quiet" onClick={onClose}>
          Keep as it is
        </Button>
        <Button
          variant="primary"
          isPending={isPending}
          disabled={!report || (lostTexts > 0 && !mayRemove)}
          onClick={() => void upgrade()}
        >
          {report ? `Upgrade to version ${report.to.number}` : "Upgrade"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
