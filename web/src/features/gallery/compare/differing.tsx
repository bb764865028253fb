import { differencesOf } from "#features/gallery/compare/differences.ts";
import { circumstancesOf, type MadeBy, parametersOf, promptsOf } from "#features/gallery/detail/made-by.ts";
import { Panel } from "#ui/panel.tsx";
import { WordDiff } from "#ui/word-diff.tsx";

/** Only what two outputs have otherwise: facts and parameters value by value, prompts word by word. */
export function Differing({ made: [first, second] }: { made: readonly [MadeBy, MadeBy] }) {
  const values = [
    ...differencesOf(circumstancesOf(first), circumstancesOf(second)),
    ...differencesOf(parametersOf(first), parametersOf(second)),
  ];
  const prompts = differencesOf(promptsOf(first), promptsOf(second));
  const none = <span className="text-ink-3">none</span>;
  return (
    <Panel title="What differs" className="mt-8">
      {values.length === 0 && prompts.length === 0 ? (
        <p className="text-ink-2">Nothing: both were made with the same texts, values and seed.</p>
      ) : (
        <table className="w-full table-fixed border-collapse text-left">
          <thead className="sr-only">
            <tr>
              <th scope="col">What</th>
              <th scope="col">{first.filename}</th>
              <th scope="col">{second.filename}</th>
            </tr>
          </thead>
          <tbody className="divide-y align-top">
            {[...values, ...prompts].map(({ key, label, values: [a, b] }, index) => (
              <tr key={key}>
                <th scope="row" className="w-36 py-2 pr-3 font-normal break-words text-ink-3 max-sm:w-24">
                  {label}
                </th>
                <td className="py-2 pr-4 break-words whitespace-pre-wrap">{a ?? none}</td>
                <td className="py-2 break-words">
                  {index >= values.length && a !== null && b !== null ? <WordDiff before={a} after={b} /> : (b ?? none)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
