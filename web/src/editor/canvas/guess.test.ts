import { expect, test } from 'vitest';
import { catalogueOf, type Kind } from '../model/catalogue';
import type { ProtocolDocument } from '../model/document';
import { type CardNode, flowOf } from './flow';
import { guess } from './guess';

const port = {
  label: '',
  optional: false,
  many: false,
  answers: false,
  each: '',
  when: '',
  unless: '',
};
const kind = (type: string, exits: string[]): Kind => ({
  type,
  level: 'SESSION',
  container: false,
  top: false,
  label: type,
  icon: '',
  group: '',
  help: '',
  standard: { term: '', source: '' },
  ports: [
    { ...port, name: 'in', direction: 'IN' },
    ...exits.map((name) => ({ ...port, name, direction: 'OUT' as const })),
  ],
  schema: { properties: { duration: {} } },
});
const catalogue = catalogueOf([kind('wait', ['out']), kind('branch', ['yes', 'no'])]);

function cardOf(node: ProtocolDocument['nodes'][number]): CardNode {
  const document: ProtocolDocument = {
    kind: 'lics.protocol',
    format: 1,
    name: '',
    nodes: [node],
    edges: [],
  };
  return flowOf(catalogue, document, undefined).nodes[0] as CardNode;
}
const at = { x: 0, y: 0 };

test('each port has a place, so that a wire can be drawn to a card nobody has seen', () => {
  const { measured, handles } = guess(cardOf({ id: 'a', type: 'branch', position: at }));
  expect(handles.map((each) => [each.id, each.type])).toEqual([
    ['in', 'target'],
    ['yes', 'source'],
    ['no', 'source'],
  ]);
  for (const { x, y } of handles) {
    expect(x).toBeGreaterThanOrEqual(-5);
    expect(x).toBeLessThanOrEqual(measured.width ?? 0);
    expect(y).toBeLessThanOrEqual(measured.height ?? 0);
  }
});

test('a card with a long title and more lines is guessed larger, up to what the style allows', () => {
  const small = guess(cardOf({ id: 'a', type: 'wait', position: at })).measured;
  const data = { label: 'A label that is longer than any card', duration: '1min' };
  const large = guess(cardOf({ id: 'a', type: 'wait', position: at, data })).measured;
  expect(large.width).toBe(230);
  expect(large.height).toBeGreaterThan(small.height ?? 0);
});
