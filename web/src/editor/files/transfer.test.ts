import { expect, test } from 'vitest';
import { emptyDocument } from '../model/document';
import { fileName, readDocument } from './transfer';

test('what was downloaded opens again', () => {
  const document = emptyDocument('FR1');
  expect(readDocument(JSON.stringify(document))).toEqual(document);
});

test.each([
  ['{', 'notJson'],
  ['null', 'notProtocol'],
  ['{"nodes": []}', 'notProtocol'],
  ['{"kind": "lics.protocol"}', 'noNodes'],
  ['{"kind": "lics.protocol", "nodes": [null]}', 'noNodes'],
  ['{"kind": "lics.protocol", "format": 2, "nodes": []}', 'later'],
  ['{"kind": "lics.protocol", "nodes": [], "edges": {}}', 'misshapen'],
  ['{"kind": "lics.protocol", "nodes": [], "roles": [{"name": 1}]}', 'misshapen'],
  ['{"kind": "lics.protocol", "nodes": [{"id": "a", "type": "wait"}]}', 'noNodes'],
])('%s is refused with a reason', (text, why) => {
  expect(readDocument(text)).toMatchObject({ why });
});

test('a drawing in the middle of a word opens again', () => {
  const document = { ...emptyDocument('FR1'), roles: [{ channels: [{ direction: 'in' }] }] };
  expect(readDocument(JSON.stringify(document))).toEqual(document);
});

test('what cannot be read is named by its place', () => {
  const text = '{"kind": "lics.protocol", "nodes": [], "roles": [{"name": "box"}, {"name": 1}]}';
  expect(readDocument(text)).toMatchObject({ detail: expect.stringContaining('roles[1].name') });
});

test('a file is called like the protocol, in signs every system takes', () => {
  expect(fileName('5-CSRTT / stage 1')).toBe('5-CSRTT-stage-1.json');
  expect(fileName('  ')).toBe('protocol.json');
});
