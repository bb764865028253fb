import { autocompletion, type CompletionContext, completionKeymap, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { Compartment, type Extension, Prec } from "@codemirror/state";
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
import { completionsAt, isKnownReference, type PromptVocabulary } from "#ui/prompt-editor/completions.ts";
import { type PromptToken, promptTokens } from "#ui/prompt-editor/prompt-syntax.ts";

/** The class of a token; what is unknown looks different from what is known, not by colour alone. */
function classOf({ kind, name = "" }: PromptToken, { placeholders, libraryKeys }: PromptVocabulary): string {
  switch (kind) {
    case "placeholder":
      return !placeholders || placeholders.some(({ key }) => key === name) ? "prompt-key" : "prompt-key prompt-unknown";
    case "library":
      return isKnownReference(name, libraryKeys) ? "prompt-library" : "prompt-library prompt-unknown";
    case "choice mark":
      return "prompt-choice";
    case "weight mark":
      return "prompt-weight";
  }
}

/** Colours placeholders, references, choices and weights. */
export function highlighting(vocabulary: PromptVocabulary): Extension {
  const decorate = (view: EditorView): DecorationSet =>
    Decoration.set(
      promptTokens(view.state.doc.toString()).map((token) =>
        Decoration.mark({ class: classOf(token, vocabulary) }).range(token.from, token.to),
      ),
    );
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = decorate(view);
      }
      update(update: ViewUpdate) {
        if (update.docChanged) this.decorations = decorate(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

export function completion(vocabulary: PromptVocabulary): Extension {
  const source = (context: CompletionContext) => {
    const found = completionsAt(context.state.sliceDoc(Math.max(0, context.pos - 400), context.pos), vocabulary);
    if (!found) return null;
    return {
      from: found.from + Math.max(0, context.pos - 400),
      options: found.options.map(({ label, detail, insert }) => ({
        label,
        detail,
        apply: (view: EditorView, _completion: unknown, from: number, to: number) => {
          // A sign that is there already behind the cursor is not written twice.
          const closing = insert.at(-1) ?? "";
          const end = view.state.sliceDoc(to, to + 1) === closing ? to + 1 : to;
          view.dispatch({
            changes: { from, to: end, insert },
            selection: { anchor: from + insert.length },
            userEvent: "input.complete",
          });
        },
      })),
      validFor: /^[{%][\w:-]*$/,
    };
  };
  return autocompletion({ override: [source], icons: false, activateOnTyping: true });
}

function changeWeight(direction: 1 | -1) {
  return (view: EditorView): boolean => {
    if (view.state.readOnly) return false;
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
  Prec.high(
    keymap.of([
      { key: "Mod-ArrowUp", run: changeWeight(1) },
      { key: "Mod-ArrowDown", run: changeWeight(-1) },
      { key: "Ctrl-Space", run: startCompletion },
    ]),
  ),
  keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter")]),
];

/** Parts that change with the editor's properties. */
export const slots = () => ({ vocabulary: new Compartment(), attributes: new Compartment() });
