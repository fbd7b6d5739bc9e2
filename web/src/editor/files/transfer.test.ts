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
  ['{"kind": "lics.protocol", "nodes": [{"id": "a", "type": "wait"}]}', 'noNodes'],
])('%s is refused with a reason', (text, why) => {
  expect(readDocument(text)).toMatchObject({ why });
});

test('a file is called like the protocol, in signs every system takes', () => {
  expect(fileName('5-CSRTT / stage 1')).toBe('5-CSRTT-stage-1.json');
  expect(fileName('  ')).toBe('protocol.json');
});
