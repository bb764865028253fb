import { CopyableId, CopyButton } from "#ui/copy-button.tsx";
import { Facts } from "#ui/facts.tsx";
import { showValue } from "#lib/show-value.ts";
import { Link } from "#ui/link.tsx";

interface Props {
  seed: string | number;
  prompts: readonly { nodeId: string; inputName: string; slotLabel: string; text: string }[];
  params: unknown;
  jobId: string | null;
}

/** Seed, texts and values that a picture or a clip is made with. */
export function MadeWith({ seed, prompts, params, jobId }: Props) {
  const values = Object.entries((params ?? {}) as Record<string, unknown>);
  return (
    <div className="flex flex-col gap-5">
      <Facts
        facts={[
          ["Seed", <CopyableId key="seed" name="seed" value={String(seed)} />],
          ...values.map(([key, value]) => [key, showValue(value)] as const),
          [
            "Made in",
            jobId && (
              <Link key="job" href={`/jobs/${encodeURIComponent(jobId)}`} className="underline underline-offset-2">
                its job
              </Link>
            ),
          ],
        ]}
      />
      {prompts.map(({ nodeId, inputName, slotLabel, text }) => (
        <section key={`${nodeId} ${inputName}`}>
          <h3 className="flex items-center gap-1 font-medium text-ink-2">
            {slotLabel}
            <CopyButton text={text} label={`Copy ${slotLabel}`} />
          </h3>
          <p className="break-words whitespace-pre-wrap">{text}</p>
        </section>
      ))}
      {prompts.length === 0 && <p className="text-ink-3">No slot is mapped: the texts are those of the workflow.</p>}
    </div>
  );
}
