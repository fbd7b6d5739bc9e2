import { expect, test } from 'vitest';
import { differences, diffMarks, overlay, sameDocument } from './diff';
import { emptyDocument, type ProtocolDocument } from './document';

const before: ProtocolDocument = {
  ...emptyDocument('a'),
  nodes: [
    { id: 'start', type: 'start', position: { x: 0, y: 0 } },
    { id: 'task', type: 'task', position: { x: 0, y: 0 } },
    { id: 'state', type: 'state', parent: 'task', position: { x: 0, y: 0 } },
  ],
  edges: [{ id: 'e', source: 'start', target: 'task' }],
};

test('a node that was only moved did not change, one with other data did', () => {
  const after = {
    ...before,
    nodes: before.nodes.map((node) =>
      node.id === 'state'
        ? { ...node, data: { name: 'iti' } }
        : { ...node, position: { x: 90, y: 0 } },
    ),
  };
  expect(differences(before, after)).toEqual([{ kind: 'changed', object: 'node', id: 'state' }]);
});

test('a container shows that something in it changed', () => {
  const after = { ...before, nodes: before.nodes.filter((node) => node.id !== 'state') };
  expect(diffMarks(before, after)).toEqual(
    new Map([
      ['state', 'removed'],
      ['task', 'changed'],
    ]),
  );
  expect(overlay(before, after).nodes.map((node) => node.id)).toContain('state');
});

test('the order of keys makes no other document', () => {
  const turned = Object.fromEntries(Object.entries(before).reverse()) as unknown;
  expect(sameDocument(before, turned as ProtocolDocument)).toBe(true);
});
