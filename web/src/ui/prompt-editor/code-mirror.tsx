"use client";

import { Annotation, Compartment, EditorState } from "@codemirror/state";
import { EditorView, placeholder as placeholderText } from "@codemirror/view";
import { useEffect, useRef } from "react";
import type { PromptEditorProps } from "#ui/prompt-editor/prompt-editor.tsx";
import { base, vocabularyFacet } from "#ui/prompt-editor/extensions.ts";

/** Marks a change that came from outside: the caller knows it already. */
const fromOutside = Annotation.define<true>();

/** The editor itself: loaded when one is shown, so that other pages stay light. */
export function CodeMirror(props: PromptEditorProps) {
  const { value, onValueChange, vocabulary } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const parts = useRef({ vocabulary: new Compartment(), attributes: new Compartment() });
  const change = useRef(onValueChange);
  const first = useRef({ props });
  /** Texts that were reported and did not come back as `value` yet: rendering may lag behind fast typing. */
  const reported = useRef<string[]>([]);
  useEffect(() => {
    change.current = onValueChange;
  }, [onValueChange]);

  useEffect(() => {
    if (!host.current) return;
    const initial = first.current.props;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: initial.value,
        extensions: [
          base,
          parts.current.vocabulary.of(vocabularyOf(initial.vocabulary)),
          parts.current.attributes.of(attributesOf(initial)),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || update.transactions.some((each) => each.annotation(fromOutside))) return;
            const text = update.state.doc.toString();
            reported.current.push(text);
            change.current?.(text);
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    const echo = reported.current.lastIndexOf(value);
    reported.current = echo >= 0 ? reported.current.slice(echo + 1) : [];
    if (!editor || echo >= 0 || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    });
  }, [value]);

  const { label, placeholder, isReadOnly, isInvalid, describedBy } = props;
  useEffect(() => {
    view.current?.dispatch({
      effects: parts.current.attributes.reconfigure(
        attributesOf({ label, placeholder, isReadOnly, isInvalid, describedBy }),
      ),
    });
  }, [label, placeholder, isReadOnly, isInvalid, describedBy]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.vocabulary.reconfigure(vocabularyOf(vocabulary)) });
  }, [vocabulary]);

  return <div ref={host} className="contents" />;
}

function vocabularyOf(vocabulary: PromptEditorProps["vocabulary"]) {
  return vocabulary ? vocabularyFacet.of(vocabulary) : [];
}

function attributesOf(
  props: Pick<PromptEditorProps, "label" | "placeholder" | "isReadOnly" | "isInvalid" | "describedBy">,
) {
  const { label, placeholder = "", isReadOnly = false, isInvalid = false, describedBy } = props;
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorView.editable.of(!isReadOnly),
    placeholderText(placeholder),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-multiline": "true",
      spellcheck: "true",
      ...(isReadOnly && { "aria-readonly": "true", tabindex: "0" }),
      ...(isInvalid && { "aria-invalid": "true" }),
      ...(describedBy && { "aria-describedby": describedBy }),
    }),
  ];
}
