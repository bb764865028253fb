import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { Panel } from "#ui/panel.tsx";
import { WordDiff } from "#ui/word-diff.tsx";

const DifferencesFields = graphql(`
  fragment Differences on TakeComparison {
    id
    variants {
      label
      take {
        id
      }
    }
    differences {
      nodeId
      inputName
      slotLabel
      texts {
        text
      }
    }
  }
`);

/** The prompts that differ, as they were rendered: the first as it stands, the others by what they change in it. */
export function Differences(props: { comparison: FragmentType<typeof DifferencesFields> }) {
  const { variants, differences } = readFragment(DifferencesFields, props.comparison);
  return (
    <Panel title="What differs in the prompts" className="mt-8">
      {differences.length === 0 && (
        <p className="text-ink-2">Nothing: all variants were rendered from the same texts.</p>
      )}
      <div className="flex flex-col gap-6">
        {differences.map(({ nodeId, inputName, slotLabel, texts }) => {
          const first = texts[0]?.text ?? "";
          return (
            <section key={`${nodeId}.${inputName}`} aria-label={slotLabel}>
              <h3 className="mb-2 font-medium text-ink-2">{slotLabel}</h3>
              <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(260px,100%),1fr))] gap-4">
                {variants.map(({ label, take }, index) => {
                  const text = texts[index]?.text;
                  return (
                    <div key={take.id} className="min-w-0">
                      <dt className="text-sm text-ink-3">{label}</dt>
                      <dd>
                        {text == null ? (
                          <span className="text-ink-3">It has no such prompt.</span>
                        ) : (
                          <WordDiff before={index === 0 ? text : first} after={text} />
                        )}
                      </dd>
                    </div>
                  );
                })}
              </dl>
            </section>
          );
        })}
      </div>
    </Panel>
  );
}
