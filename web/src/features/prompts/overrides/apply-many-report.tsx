import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";

export const ApplyManyReportFields = graphql(`
  fragment ApplyManyReport on ApplyFragmentsPayload {
    unchangedCount
    changes {
      character {
        id
        name
      }
      slot {
        id
      }
      before {
        text
      }
      added {
        text
      }
    }
  }
`);

/** Who gets what. */
export function ApplyManyReport({ payload }: { payload: FragmentType<typeof ApplyManyReportFields> }) {
  const { changes, unchangedCount } = readFragment(ApplyManyReportFields, payload);
  return (
    <section aria-label="What changes" className="rounded-md border">
      <p role="status" className="px-3 py-2 font-medium">
        {`${plural(changes.length, "character")} will change`}
        {unchangedCount > 0 && (
          <span className="font-normal text-ink-2">{`, ${unchangedCount} had everything already`}</span>
        )}
      </p>
      {changes.length > 0 && (
        <ul tabIndex={0} aria-label="Changes" className="max-h-60 divide-y overflow-y-auto border-t px-3">
          {changes.map(({ character, slot, before, added }) => (
            <li key={`${character.id} ${slot.id}`} className="py-1.5">
              <span className="font-medium">{character.name}</span>
              {before.length > 0 && <span className="text-ink-3">{` has ${plural(before.length, "fragment")}`}</span>}
              <ul>
                {added.map(({ text }) => (
                  <li key={text} className="text-good before:mr-1 before:content-['+']">
                    {text}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
