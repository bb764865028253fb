"use client";

import { AddMemberForm } from "#features/stories/members/add-member-form.tsx";
import { MemberRow } from "#features/stories/members/member-row.tsx";
import { MembersQuery } from "#features/stories/members/member-operations.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Dialog } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

interface MembersDialogProps {
  projectId: string;
  name: string;
  onClose: () => void;
}

/** Who works on a project; its administrators change that. */
export function MembersDialog({ projectId, name, onClose }: MembersDialogProps) {
  const [result, retry] = useQuery({ query: MembersQuery, variables: { projectId } });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Members of ${name}`}
      description="Members see the project with all that belongs to it; administrators of the studio see every project."
      className="max-w-lg"
    >
      <QueryPanel result={result} onRetry={retry} loading={<SkeletonRows count={3} className="h-10" />}>
        {({ node }) => {
          if (node?.__typename !== "Project") return <p className="text-ink-2">The project is not there any more.</p>;
          const mayManage = node.viewerRole === "ADMIN";
          return (
            <div className="flex flex-col gap-4">
              {node.members.length === 0 ? (
                <p className="text-ink-2">Nobody yet.</p>
              ) : (
                <ul aria-label="Members" className="divide-y">
                  {node.members.map(({ user, role }) => (
                    <MemberRow key={user.id} projectId={projectId} user={user} role={role} mayManage={mayManage} />
                  ))}
                </ul>
              )}
              {mayManage ? (
                <AddMemberForm projectId={projectId} />
              ) : (
                <p className="text-sm text-ink-3">Administrators of the project add and remove members.</p>
              )}
            </div>
          );
        }}
      </QueryPanel>
    </Dialog>
  );
}
