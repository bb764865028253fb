import type { ReactNode } from "react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { CopyableId } from "#ui/copy-button.tsx";
import { Elapsed } from "#ui/elapsed.tsx";
import { Facts } from "#ui/facts.tsx";
import { Link } from "#ui/link.tsx";
import { Panel } from "#ui/panel.tsx";
import { PictureGrid } from "#ui/picture-grid.tsx";

const ExecutionFactsFields = graphql(`
  fragment ExecutionFacts on Execution {
    id
    execId
    folder
    inputHash
    seed
    pool
    createdAt
    finishedAt
    createdBy {
      id
      name
    }
    input {
      id
      ...PictureFields
    }
    imageVersion {
      id
      number
      workflow {
        id
        name
      }
    }
    videoVersion {
      id
      number
      workflow {
        id
        name
      }
    }
  }
`);

/** What an execution is made of, and where its files lie. */
export function ExecutionFacts({ execution: source }: { execution: FragmentType<typeof ExecutionFactsFields> }) {
  const execution = readFragment(ExecutionFactsFields, source);
  const { input, folder, inputHash, seed, pool, createdBy, createdAt, finishedAt } = execution;
  return (
    <Panel title="What it is made of">
      <div className="flex gap-6 max-sm:flex-col">
        <PictureGrid label="Input picture" pictures={[toPicture(input)]} className="w-40 shrink-0 grid-cols-1" />
        <Facts
          facts={[
            ["Images by", <Version key="images" version={execution.imageVersion} />],
            ["Clips by", <Version key="clips" version={execution.videoVersion} />],
            ["First seed", <CopyableId key="seed" name="seed" value={String(seed)} />],
            ["Machines", pool],
            ["Input hash", <CopyableId key="hash" name="input hash" value={inputHash} />],
            ["Folder", <CopyableId key="folder" name="folder" value={folder} />],
            ["Started by", createdBy?.name],
            ["Took", finishedAt && <Elapsed key="took" from={createdAt} to={finishedAt} />],
          ]}
        />
      </div>
    </Panel>
  );
}

function Version({ version }: { version: { number: number; workflow: { id: string; name: string } } }): ReactNode {
  const { number, workflow } = version;
  return (
    <>
      <Link href={`/workflows/${encodeURIComponent(workflow.id)}`} className="underline underline-offset-2">
        {workflow.name}
      </Link>
      {`, version ${number}`}
    </>
  );
}
