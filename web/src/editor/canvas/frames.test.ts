import { expect, test } from 'vitest';
import { noteKey } from '../model/annotations';
import { catalogueOf, unknownKind } from '../model/catalogue';
import type { ProtocolDocument } from '../model/document';
import { flowOf } from './flow';
import { carried, dropped, framed } from './frames';

const document: ProtocolDocument = {
  kind: 'lics.protocol',
  format: 1,
  name: 'test',
  nodes: [
    { id: 'a', type: 'wait', position: { x: 100, y: 100 } },
    { id: 'b', type: 'wait', position: { x: 400, y: 100 } },
  ],
  edges: [],
  notes: [{ id: 'n', text: '', position: { x: 100, y: 300, width: 100, height: 60 } }],
  groups: [{ id: 'g', nodes: ['a', 'gone'], notes: ['n'] }],
};
const size = { measured: { width: 150, height: 50 } };
const nodes = framed(
  flowOf(catalogueOf([unknownKind('wait')]), document, undefined).nodes.map((node) =>
    node.type === 'card' ? { ...node, ...size } : node,
  ),
);
const frame = nodes.find(({ type }) => type === 'frame');

test('a frame is drawn around what is in it, behind everything', () => {
  expect(frame).toMatchObject({ position: { x: 80, y: 64 }, width: 190, height: 316 });
  expect(nodes[0]).toBe(frame);
});

test('a frame that stays is the same object', () => {
  expect(framed(nodes).every((node, index) => node === nodes[index])).toBe(true);
});

test('what is in a frame moves with it, unless it moves by itself', () => {
  const to = { id: frame?.id ?? '', type: 'position' as const, position: { x: 90, y: 64 } };
  const by = (changes: Parameters<typeof carried>[0]) =>
    carried(changes, nodes).map((each) => each.type === 'position' && [each.id, each.position?.x]);
  expect(by([to])).toEqual([
    [frame?.id, 90],
    ['a', 110],
    [noteKey('n'), 110],
  ]);
  expect(by([to, { id: 'a', type: 'position', position: { x: 7, y: 7 } }])).toEqual([
    [frame?.id, 90],
    ['a', 7],
    [noteKey('n'), 110],
  ]);
});

test('a frame that was dropped has put its nodes and notes as far as itself', () => {
  if (!frame) throw new Error('no frame');
  const from = new Map([[frame.id, frame.position]]);
  const to = dropped(document, [{ ...frame, position: { x: 180, y: 84 } }], from);
  expect(to.get('a')).toEqual({ x: 200, y: 120 });
  expect(to.get(noteKey('n'))).toEqual({ x: 200, y: 320 });
  expect(to.has('b')).toBe(false);
});
