import { autocompletion, type CompletionSource } from '@codemirror/autocomplete';
import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { Input } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { nonce } from '../../app/nonce';
import { useFieldProblem } from '../check/check-context';
import type { Json } from '../model/document';
import type { FieldSchema } from '../model/form';
import { readable } from '../model/names';
import classes from './expression-input.module.css';
import { expressionLanguage, functions } from './language';
import { useScope } from './names';

/** One line of the expression language: coloured, completed, and underlined where the server objects. */
export function ExpressionInput({
  label,
  description,
  required,
  error,
  path,
  of,
  example,
  value,
  onChange,
}: {
  label: string;
  description: string | undefined;
  required: boolean;
  error: string | undefined;
  path: string;
  of: NonNullable<FieldSchema['x-lics']>;
  example: Json | undefined;
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const change = useRef(onChange);
  change.current = onChange;
  const scope = useScope();
  const completing = useRef(scope);
  completing.current = scope;
  const problem = useFieldProblem(path);
  const hint = typeof example === 'string' ? example : '';
  // The editor is made once; what changes reaches it through the refs.
  const first = useRef(value);

  useEffect(() => {
    if (!host.current) return;
    const complete: CompletionSource = (context) => {
      const word = context.matchBefore(/[\p{L}_][\p{L}\p{N}_]*/u);
      if (!word && !context.explicit) return null;
      const before = context.state.sliceDoc(0, word?.from ?? context.pos);
      const brace = before.lastIndexOf('{');
      const outside = of.kind === 'template' && brace <= before.lastIndexOf('}');
      if (outside || isText(before.slice(brace + 1))) return null;
      return {
        from: word?.from ?? context.pos,
        validFor: /^[\p{L}\p{N}_]*$/u,
        options: [
          ...readable(completing.current).map(({ name, what }) => ({
            label: name,
            type: 'variable',
            detail: what,
          })),
          ...functions.map((name) => ({ label: name, type: 'function', apply: `${name}(` })),
        ],
      };
    };
    const editable = new Compartment();
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          EditorView.cspNonce.of(nonce),
          // One line: a pasted line break is a space.
          EditorView.clipboardInputFilter.of((text) => text.replace(/\s*\n\s*/g, ' ')),
          EditorState.transactionFilter.of((tr) => (tr.newDoc.lines > 1 ? [] : tr)),
          history(),
          keymap.of([...standardKeymap.filter((key) => key.key !== 'Enter'), ...historyKeymap]),
          expressionLanguage(of.kind === 'template'),
          autocompletion({ override: [complete], icons: false }),
          tooltips({ position: 'fixed' }),
          placeholder(hint),
          editable.of(EditorView.contentAttributes.of({ 'aria-labelledby': `${id}-label` })),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [id, of.kind, hint]);

  useEffect(() => {
    const now = view.current;
    if (!now || now.state.doc.toString() === value) return;
    now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const now = view.current;
    if (!now) return;
    const marks: Diagnostic[] = [];
    if (problem && problem.column > 0) {
      const from = Math.min(problem.column - 1, now.state.doc.length);
      marks.push({
        from,
        to: wordEnd(now.state.doc.toString(), from),
        severity: 'error',
        message: problem.message,
      });
    }
    now.dispatch(setDiagnostics(now.state, marks));
  }, [problem]);

  return (
    <Input.Wrapper
      size="xs"
      label={label}
      labelProps={{ id: `${id}-label`, labelElement: 'div' }}
      description={description}
      required={required}
      error={error}
    >
      <div ref={host} className={classes.input} data-error={error !== undefined || undefined} />
    </Input.Wrapper>
  );
}

/** Behind it stands no name: it is the unit of a number, a field of something, or inside a string. */
function isText(before: string): boolean {
  if (/[\p{N}.]$/u.test(before)) return true;
  const open = before.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '');
  return /["']/.test(open);
}

/** The end of the word that begins at a place; at least one letter. */
function wordEnd(text: string, from: number): number {
  const word = /^[\p{L}\p{N}_]+/u.exec(text.slice(from));
  return Math.min(from + Math.max(word?.[0].length ?? 1, 1), text.length);
}
