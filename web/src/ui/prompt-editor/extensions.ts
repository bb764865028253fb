import {
  autocompletion,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
  startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type Extension, Facet, Prec } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  keymap,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { adjustWeight } from "#ui/prompt-editor/adjust-weight.ts";
import { completionsAt, delimitersOf, isKnownReference, type PromptVocabulary } from "#ui/prompt-editor/completions.ts";
import { type PromptToken, promptTokens } from "#ui/prompt-editor/prompt-syntax.ts";
import { templateTokens } from "#ui/prompt-editor/template-syntax.ts";

/** The class of a token; what is unknown looks different from what is known, not by colour alone. */
function classOf(
  { kind, name = "", delimiter = "" }: PromptToken,
  { placeholders, libraryKeys }: PromptVocabulary,
): string {
  switch (kind) {
    case "placeholder":
      return !placeholders || placeholders.some(({ key }) => key === name) ? "prompt-key" : "prompt-key prompt-unknown";
    case "library":
      return isKnownReference(name, delimiter, libraryKeys) ? "prompt-library" : "prompt-library prompt-unknown";
    case "choice mark":
      return "prompt-choice";
    case "weight mark":
      return "prompt-weight";
  }
}

const nothingKnown: PromptVocabulary = { placeholders: null, libraryKeys: null };

/** What the text may name; a change of it leaves an open list of completions alone. */
export const vocabularyFacet = Facet.define<PromptVocabulary, PromptVocabulary>({
  combine: (values) => values[0] ?? nothingKnown,
});

function decorate({ state }: EditorView): DecorationSet {
  const vocabulary = state.facet(vocabularyFacet);
  const text = state.doc.toString();
  const tokens = vocabulary.isTemplate
    ? templateTokens(text)
    : promptTokens(text, delimitersOf(vocabulary.libraryKeys));
  return Decoration.set(
    tokens.map((token) => Decoration.mark({ class: classOf(token, vocabulary) }).range(token.from, token.to)),
  );
}

/** Colours placeholders, references, choices and weights. */
const highlighting = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }
    update({ docChanged, startState, state, view }: ViewUpdate) {
      const isRenamed = startState.facet(vocabularyFacet) !== state.facet(vocabularyFacet);
      if (docChanged || isRenamed) this.decorations = decorate(view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** How far back a key may begin. */
const reach = 400;

function complete(context: CompletionContext): CompletionResult | null {
  const start = Math.max(0, context.pos - reach);
  const found = completionsAt(context.state.sliceDoc(start, context.pos), context.state.facet(vocabularyFacet));
  if (!found) return null;
  return {
    from: start + found.from,
    options: found.options.map(({ label, detail, insert, closing }) => ({
      label,
      detail,
      apply: (view: EditorView, _completion: unknown, from: number, to: number) => {
        // Signs that are there already behind the cursor are not written twice.
        const end = view.state.sliceDoc(to, to + closing.length) === closing ? to + closing.length : to;
        view.dispatch({
          changes: { from, to: end, insert },
          selection: { anchor: from + insert.length },
          userEvent: "input.complete",
        });
      },
    })),
    validFor: /^[^\w\s]+[\w:-]*$/,
  };
}

function changeWeight(direction: 1 | -1) {
  return (view: EditorView): boolean => {
    if (view.state.readOnly || view.state.facet(vocabularyFacet).isTemplate) return false;
    const { from, to } = view.state.selection.main;
    const edit = adjustWeight(view.state.doc.toString(), from, to, direction);
    if (edit) {
      view.dispatch({
        changes: { from: edit.from, to: edit.to, insert: edit.insert },
        selection: { anchor: edit.selection.from, head: edit.selection.to },
        userEvent: "input.weight",
        scrollIntoView: true,
      });
    }
    return true;
  };
}

/** Everything that stays as it is for an editor's lifetime. */
export const base: Extension = [
  history(),
  drawSelection(),
  EditorView.lineWrapping,
  highlighting,
  autocompletion({ override: [complete], icons: false, interactionDelay: 0 }),
  Prec.high(
    keymap.of([
      { key: "Mod-ArrowUp", run: changeWeight(1) },
      { key: "Mod-ArrowDown", run: changeWeight(-1) },
      { key: "Ctrl-Space", run: startCompletion },
    ]),
  ),
  keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter")]),
];
