import { expect, test } from 'vitest';
import { catalogueOf, type Kind, type PortRule } from '../model/catalogue';
import type { ProtocolDocument } from '../model/document';
import { moveNodes } from '../model/operations';
import { entryId, flowOf } from './flow';

const port = (name: string, direction: 'IN' | 'OUT', many = false): PortRule => ({
  ...{
    name,
    direction,
    many,
    label: '',
    optional: false,
    answers: false,
    each: '',
    when: '',
    unless: '',
  },
});
const kind = (type: string, ports: PortRule[], more: Partial<Kind> = {}): Kind => ({
  ...{ type, ports, level: 'SESSION', container: false, top: false, label: type, icon: '' },
  ...{ group: '', help: '', standard: { term: '', source: '' }, schema: {} },
  ...more,
});
const catalogue = catalogueOf([
  kind('start', [port('out', 'OUT')]),
  kind('task', [port('in', 'IN')], { container: true }),
  kind('state', [port('in', 'IN'), port('out', 'OUT', true)], { level: 'TASK' }),
]);
const at = { x: 0, y: 0 };
const document: ProtocolDocument = {
  kind: 'lics.protocol',
  format: 1,
  name: 'test',
  nodes: [
    { id: 'start', type: 'start', position: at },
    { id: 'task', type: 'task', position: at, data: { initial: 'a' } },
    { id: 'a', type: 'state', parent: 'task', position: at },
    { id: 'b', type: 'state', parent: 'task', position: at },
  ],
  edges: [
    { id: 'e1', source: 'start', target: 'task' },
    { id: 'e2', source: 'a', target: 'b', data: { event: 'timeup' } },
    { id: 'e3', source: 'a', target: 'b', data: { event: 'poke_in', guard: 'hits > 3' } },
  ],
};

test('the session shows its own nodes and wires, and how many stand in a container', () => {
  const { nodes, edges } = flowOf(catalogue, document, undefined);
  expect(nodes.map((node) => node.id)).toEqual(['start', 'task']);
  expect(nodes[1]?.data).toMatchObject({ inside: 2 });
  expect(edges.map((edge) => edge.id)).toEqual(['e1']);
});

test('a task shows where it begins, and transitions with what they answer, side by side', () => {
  const { nodes, edges } = flowOf(catalogue, document, 'task');
  expect(nodes.map((node) => node.id)).toEqual([entryId, 'a', 'b']);
  expect(edges.map((edge) => [edge.source, edge.data?.text, edge.data?.lane])).toEqual([
    ['a', 'timeup', 0],
    ['a', 'poke_in [hits > 3]', 1],
    [entryId, '', 0],
  ]);
});

test('what did not change is the same object, so that it is not rendered again', () => {
  const before = flowOf(catalogue, document, 'task');
  const moved = moveNodes(document, new Map([['b', { x: 50 }]]));
  const after = flowOf(catalogue, moved, 'task', before);
  expect(after.nodes[1]).toBe(before.nodes[1]);
  expect(after.nodes[2]).not.toBe(before.nodes[2]);
  expect(after.edges[0]).toBe(before.edges[0]);
});
