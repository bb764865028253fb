"use client";

import { ArrowRight, CircleCheck, CircleDashed } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { AdvanceScene } from "#features/stories/scene-operations.ts";
import { useRefetchOn } from "#features/stories/use-branch-revision.ts";
import type { SceneStatus } from "#gql/graphql.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { sentence } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";

const ReadinessQuery = graphql(`
  query SceneReadiness($sceneId: ID!) {
    sceneReadiness(sceneId: $sceneId) {
      isReady
      missing {
        kind
        message
        sceneAsset {
          id
        }
      }
    }
  }
`);

const steps: Record<SceneStatus, string | null> = {
  SCRIPT: "On to its assets",
  ASSETS: "Mark ready",
  READY: "Mark rendered",
  RENDERED: null,
};

interface Props {
  sceneId: string;
  status: SceneStatus;
  revision: number;
}

/** The way to a scene's next step; what is missing is named before anything is refused. */
export function ReadinessGate({ sceneId, status, revision }: Props) {
  const [{ data }, refetch] = useQuery({ query: ReadinessQuery, variables: { sceneId } });
  useRefetchOn(revision, refetch);
  const [, setAsset] = useUrlParam("asset");
  const [isOpen, setIsOpen] = useState(false);
  const advance = useAction(AdvanceScene);
  const step = steps[status];
  if (step === null) return null;
  const missing = status === "SCRIPT" ? [] : (data?.sceneReadiness.missing ?? []);
  const go = async () => {
    const payload = await advance.run({ input: { sceneId } });
    if (payload) toast.success(`The scene is at ${sentence(payload.scene.status).toLowerCase()} now`);
    else setIsOpen(true);
  };
  return (
    <>
      <Button
        {...(missing.length === 0 && { needs: "CREATOR" })}
        variant={missing.length === 0 ? "primary" : "secondary"}
        isPending={advance.isPending}
        disabled={!data}
        onClick={() => (missing.length === 0 ? void go() : setIsOpen(true))}
      >
        {missing.length === 0 ? <ArrowRight aria-hidden /> : <CircleDashed aria-hidden />}
        {missing.length === 0 ? step : `${step}: ${missing.length} missing`}
      </Button>
      {isOpen && (
        <Dialog
          isOpen
          onOpenChange={(next) => {
            setIsOpen(next);
            if (!next) advance.reset();
          }}
          title="Before the next step"
          className="max-w-md"
        >
          {missing.length === 0 ? (
            <p className="flex items-center gap-2">
              <CircleCheck aria-hidden className="size-4 text-good" />
              Nothing is missing any more.
            </p>
          ) : (
            <ul aria-label="What is missing" className="flex flex-col gap-1.5">
              {missing.map(({ message, sceneAsset }) => (
                <li key={message} className="flex items-center gap-2">
                  <CircleDashed aria-hidden className="size-4 shrink-0 text-warn" />
                  <span className="grow">{sentence(message)}</span>
                  {sceneAsset && (
                    <Button
                      size="sm"
                      onClick={() => {
                        setAsset(sceneAsset.id);
                        setIsOpen(false);
                      }}
                    >
                      Show
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
          <div className="mt-3 empty:hidden">
            <FailureNotice failure={missing.length === 0 ? advance.failure : null} />
          </div>
          <DialogActions>
            <Button variant="quiet" onClick={() => setIsOpen(false)}>
              Close
            </Button>
            <Button
              needs="CREATOR"
              variant="primary"
              disabled={missing.length > 0}
              isPending={advance.isPending}
              onClick={() => {
                setIsOpen(false);
                void go();
              }}
            >
              {step}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
