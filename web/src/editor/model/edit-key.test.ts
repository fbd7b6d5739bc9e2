import { expect, test } from 'vitest';
import type { Data } from './document';
import { changedField } from './edit-key';

const before: Data = { label: 'a', entry: [{ do: 'set', if: 'x' }, { do: 'print' }] };
const [first = null, second = null] = before.entry as Data[];

test.each<[string, Data, string | undefined]>([
  ['a field', { ...before, label: 'ab' }, '.label'],
  ['a field that is filled', { ...before, note: 'n' }, '.note'],
  ['a field of an item', { ...before, entry: [{ do: 'set', if: 'xy' }, second] }, '.entry[0].if'],
  ['an item that is added', { ...before, entry: [first, second, {}] }, undefined],
  ['an item that is removed', { ...before, entry: [second] }, undefined],
  ['items that change places', { ...before, entry: [second, first] }, undefined],
  ['a list that begins', { ...before, exit: [{}] }, undefined],
  ['nothing', { ...before }, undefined],
])('%s', (_, after, path) => {
  expect(changedField(before, after)).toBe(path);
});
