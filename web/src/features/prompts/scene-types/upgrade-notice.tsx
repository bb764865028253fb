"use client";

import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { UpgradeReport, type UpgradeReportFields } from "#features/prompts/scene-types/upgrade-report.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Notice } from "#ui/notice.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const UpgradeNoticeFields = graphql(`
  fragment UpgradeNotice on SceneType {
    id
    workflow {
      id
      name
      currentVersion {
        id
        number
      }
    }
    workflowVersion {
      id
      number
    }
  }
`);

const PreviewUpgrade = graphql(`
  mutation PreviewUpgrade($input: UpgradeSceneTypeInput!) {
    upgradeSceneType(input: $input) {
      __typename
      ... on UpgradeSceneTypePayload {
        report {
          lost {
            defaultCount
            overrideCount
          }
          ...UpgradeReport
        }
      }
      ...FailureFields
    }
  }
`);

const UpgradeSceneType = graphql(`
  mutation UpgradeSceneType($input: UpgradeSceneTypeInput!) {
    upgradeSceneType(input: $input) {
      __typename
      ... on UpgradeSceneTypePayload {
        sceneType {
          id
          ...UpgradeNotice
          ...SceneDefaultsEditor
        }
      }
      ...FailureFields
    }
  }
`);

type Report = FragmentType<typeof UpgradeReportFields> & { lost: { defaultCount: number; overrideCount: number }[] };

interface Props {
  sceneType: FragmentType<typeof UpgradeNoticeFields>;
}

/** Says that the workflow has gone on, and moves the scene type along once the consequences were seen. */
export function UpgradeNotice({ sceneType: source }: Props) {
  const { id, workflow, workflowVersion } = readFragment(UpgradeNoticeFields, source);
  const [isOpen, setIsOpen] = useState(false);
  const preview = useAction(PreviewUpgrade);
  const upgrade = useAction(UpgradeSceneType);
  const [report, setReport] = useState<Report | null>(null);
  if (workflow.currentVersion.id === workflowVersion.id) return null;
  const workflowVersionId = workflow.currentVersion.id;
  const open = async () => {
    setIsOpen(true);
    setReport(null);
    upgrade.reset();
    setReport((await preview.run({ input: { id, workflowVersionId, dryRun: true } }))?.report ?? null);
  };
  const losesTexts = report?.lost.some(({ defaultCount, overrideCount }) => defaultCount + overrideCount > 0) ?? false;
  const confirm = async () => {
    if (!(await upgrade.run({ input: { id, workflowVersionId, removeOrphans: losesTexts } }))) return;
    setIsOpen(false);
    toast.success(`Now on version ${workflow.currentVersion.number}`);
  };
  return (
    <div className="mb-4">
      <Notice
        tone="info"
        title={`${workflow.name} has version ${workflow.currentVersion.number}; this scene type uses version ${workflowVersion.number}.`}
        actions={
          <Button needs="CREATOR" size="sm" onClick={() => void open()}>
            Upgrade
          </Button>
        }
      />
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={`Upgrade to version ${workflow.currentVersion.number}?`}
        confirmLabel={losesTexts ? "Upgrade and delete those texts" : "Upgrade"}
        isDangerous={losesTexts}
        isPending={preview.isPending || upgrade.isPending}
        onConfirm={() => void (report ? confirm() : open())}
      >
        {report ? <UpgradeReport report={report} /> : preview.isPending && <Skeleton className="h-16" />}
        <FailureNotice failure={upgrade.failure ?? preview.failure} />
      </ConfirmDialog>
    </div>
  );
}
