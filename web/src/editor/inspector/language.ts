import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

/** The functions of the expression language (docs/expressions.md). */
export const functions =
  'abs ceil floor round int float min max sqrt exp ln pow len first last sum mean median count any all none filter map string upper lower trim seconds milliseconds duration'.split(
    ' ',
  );

const words = /^(?:and|or|not|in|true|false|nil)\b/;

interface State {
  /** Inside the braces of a template. */
  code: boolean;
}

/** Colours of an expression; of a template only what stands in braces. */
export function expressionLanguage(template: boolean): Extension {
  return [
    StreamLanguage.define<State>({
      startState: () => ({ code: !template }),
      token: (stream, state) => {
        if (!state.code) {
          if (stream.eat('{')) {
            state.code = true;
            return 'brace';
          }
          stream.eatWhile(/[^{]/);
          return null;
        }
        if (template && stream.eat('}')) {
          state.code = false;
          return 'brace';
        }
        if (stream.eatSpace()) return null;
        if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/))
          return 'string';
        if (stream.match(/^\d+(?:\.\d+)?(?:ns|us|µs|ms|s|min|h|d|ul|µl|ml)?\b/)) return 'number';
        if (stream.match(words)) return 'keyword';
        if (stream.match(/^[\p{L}_][\p{L}\p{N}_]*(?=\s*\()/u)) return 'function';
        if (stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u)) return 'variableName';
        stream.next();
        return 'operator';
      },
      tokenTable: { function: tags.function(tags.variableName) },
    }),
    syntaxHighlighting(colours),
  ];
}

const colours = HighlightStyle.define([
  { tag: tags.string, color: 'var(--code-string)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: tags.keyword, color: 'var(--lics-session)', fontWeight: '600' },
  { tag: tags.function(tags.variableName), color: 'var(--lics-device)' },
  { tag: tags.brace, color: 'var(--mantine-color-dimmed)' },
]);
