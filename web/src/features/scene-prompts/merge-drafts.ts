import {
  type CollectionDraft,
  type DraftComposition,
  type DraftPrompt,
  isAlike,
} from "#features/scene-prompts/collection-draft.ts";

export interface Conflict {
  kind: "prompt" | "composition";
  /** As it is called in the draft, or else by the others. */
  name: string;
  /** What each says of it; null where it is removed or not there. */
  base: string | null;
  mine: string | null;
  theirs: string | null;
}

export interface Merge {
  draft: CollectionDraft;
  /** What both changed, each in another way; the draft has the own. */
  conflicts: Conflict[];
  /** Names of what only the others changed, sorted. */
  theirs: string[];
}

/**
 * Puts what a person changed on top of what others saved meanwhile.
 * @param base what was there when the person began
 */
export function mergeDrafts(base: CollectionDraft, mine: CollectionDraft, theirs: CollectionDraft): Merge {
  const own = adopted(mine, theirs);
  const prompts = mergeRows(base.prompts, own.prompts, theirs.prompts);
  const kept = new Set(prompts.rows.map(({ key }) => key));
  const compositions = mergeRows(base.compositions, own.compositions, theirs.compositions);
  const nameOf = (key: string) => [...own.prompts, ...theirs.prompts].find((each) => each.key === key)?.name ?? key;
  const describe = (parts: DraftComposition) => parts.prompts.map(nameOf).join(" + ");
  return {
    draft: {
      prompts: prompts.rows,
      compositions: compositions.rows
        .map((each) => ({ ...each, prompts: each.prompts.filter((key) => kept.has(key)) }))
        .filter((each) => each.prompts.length > 0),
      separator: own.separator === base.separator ? theirs.separator : own.separator,
    },
    conflicts: [
      ...prompts.conflicts.map((each) => conflictOf("prompt", each, textOf)),
      ...compositions.conflicts.map((each) => conflictOf("composition", each, describe)),
    ],
    theirs: [...prompts.theirs, ...compositions.theirs].toSorted(),
  };
}

/** The draft with what is new in it taken for the same as what the others added under that name. */
function adopted(mine: CollectionDraft, theirs: CollectionDraft): CollectionDraft {
  const known = new Set([...mine.prompts, ...mine.compositions].map(({ key }) => key));
  const keyOf = (row: { key: string; name: string }, others: readonly { key: string; name: string }[]) => {
    const same = others.find(({ name }) => name === row.name.trim());
    return same && !known.has(same.key) ? same.key : row.key;
  };
  const keys = new Map(mine.prompts.map((prompt) => [prompt.key, keyOf(prompt, theirs.prompts)]));
  return {
    ...mine,
    prompts: mine.prompts.map((prompt) => ({ ...prompt, key: keys.get(prompt.key) ?? prompt.key })),
    compositions: mine.compositions.map((each) => ({
      ...each,
      key: keyOf(each, theirs.compositions),
      prompts: each.prompts.map((key) => keys.get(key) ?? key),
    })),
  };
}

interface Rows<Row> {
  base: Row | undefined;
  mine: Row | undefined;
  theirs: Row | undefined;
}

/** In the others' order, unless only the own one is another than it was, or prompts were moved in it. */
function mergeRows<Row extends { key: string; name: string }>(
  base: readonly Row[],
  mine: readonly Row[],
  theirs: readonly Row[],
): { rows: Row[]; conflicts: Rows<Row>[]; theirs: string[] } {
  const [was, own, other] = [base, mine, theirs].map((rows) => new Map(rows.map((row) => [row.key, row])));
  const keys = (rows: readonly Row[], among?: ReadonlyMap<string, Row>) =>
    rows.map(({ key }) => key).filter((key) => !among || among.has(key));
  const isMoved = !isAlike(keys(base, own), keys(mine, was));
  const isOwnOrder = !isAlike(keys(base), keys(mine)) && (isMoved || isAlike(keys(base), keys(theirs)));
  const order = new Set(keys(isOwnOrder ? [...mine, ...theirs] : [...theirs, ...mine]));
  const conflicts: Rows<Row>[] = [];
  const changedByOthers: string[] = [];
  const rows = [...order].flatMap((key) => {
    const [before, ours, their] = [was?.get(key), own?.get(key), other?.get(key)];
    const isMine = !isAlike(before, ours);
    const isTheirs = !isAlike(before, their);
    if (isMine && isTheirs && !isAlike(ours, their)) conflicts.push({ base: before, mine: ours, theirs: their });
    if (isTheirs && !isMine) changedByOthers.push((their ?? before)?.name ?? key);
    const row = isMine ? ours : their;
    return row ? [row] : [];
  });
  const removed = base.filter(({ key }) => !order.has(key)).map(({ name }) => name);
  return { rows, conflicts, theirs: [...changedByOthers, ...removed] };
}

const textOf = ({ value }: DraftPrompt): string => value;

function conflictOf<Row extends { name: string }>(
  kind: Conflict["kind"],
  { base, mine, theirs }: Rows<Row>,
  describe: (row: Row) => string,
): Conflict {
  return {
    kind,
    name: (mine ?? theirs ?? base)?.name ?? "",
    base: base ? describe(base) : null,
    mine: mine ? describe(mine) : null,
    theirs: theirs ? describe(theirs) : null,
  };
}
