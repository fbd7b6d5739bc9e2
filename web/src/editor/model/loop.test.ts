import { expect, test } from 'vitest';
import { catalogueOf, type Kind, type PortRule } from './catalogue';
import type { DocumentEdge, ProtocolDocument } from './document';
import { putIntoLoop, takeOutOfLoop } from './loop';

const port = (name: string, direction: 'IN' | 'OUT'): PortRule => ({
  ...{ name, direction, label: name, optional: false, many: false, answers: false },
  ...{ each: '', when: '', unless: '' },
});
const kind = (type: string, exits: string[], more: Partial<Kind> = {}): Kind => ({
  ...{ type, level: 'SESSION', container: false, top: false, label: type, icon: '', group: '' },
  ...{ help: '', standard: { term: '', source: '' }, schema: {} },
  ports: [port('in', 'IN'), ...exits.map((name) => port(name, 'OUT'))],
  ...more,
});
const catalogue = catalogueOf([
  kind('start', ['out'], { top: true, ports: [port('out', 'OUT')] }),
  kind('end', [], { top: true }),
  kind('wait', ['out']),
  kind('branch', ['yes', 'no']),
  kind('repeat', ['body', 'done'], { container: true }),
  kind('task', ['completed'], { container: true }),
  kind('state', ['out'], { level: 'TASK' }),
]);

const wire = (source: string, target: string, sourceHandle = 'out'): DocumentEdge => ({
  id: `${source}-${target}`,
  source,
  target,
  ...(sourceHandle === 'out' ? {} : { sourceHandle }),
});

/** start → a → b → c → end */
const chain: ProtocolDocument = {
  kind: 'lics.protocol',
  format: 1,
  name: 'test',
  nodes: [
    { id: 'start', type: 'start', position: { x: 0, y: 0 } },
    { id: 'a', type: 'wait', position: { x: 200, y: 0 } },
    { id: 'b', type: 'wait', position: { x: 400, y: 50 } },
    { id: 'c', type: 'wait', position: { x: 600, y: 0 } },
    { id: 'end', type: 'end', position: { x: 800, y: 0 } },
  ],
  edges: [wire('start', 'a'), wire('a', 'b'), wire('b', 'c'), wire('c', 'end')],
};

/** Wires as `from.port>to`, in alphabetical order. */
const wires = (document: ProtocolDocument): string[] =>
  document.edges
    .map(({ source, sourceHandle = 'out', target }) => `${source}.${sourceHandle}>${target}`)
    .sort((a, b) => a.localeCompare(b));

function inLoop(keys: string[], document = chain): ProtocolDocument {
  const made = putIntoLoop(catalogue, document, keys);
  if ('why' in made) throw new Error(made.why);
  return made.document;
}

test('the wire to the first step leads to the loop, the wire of the last leaves it when it is done', () => {
  const next = inLoop(['a', 'b']);
  expect(wires(next)).toEqual([
    'a.out>b',
    'c.out>end',
    'repeat.body>a',
    'repeat.done>c',
    'start.out>repeat',
  ]);
  const parents = next.nodes.map(({ id, parent }) => [id, parent]);
  expect(Object.fromEntries(parents)).toMatchObject({ a: 'repeat', b: 'repeat', c: undefined });
  expect(next.nodes.at(-1)).toMatchObject({
    id: 'repeat',
    position: { x: 200, y: 0 },
    data: { count: '10' },
  });
});

test('taken out again, it is drawn as before', () => {
  const made = takeOutOfLoop(catalogue, inLoop(['a', 'b']), 'repeat');
  if ('why' in made) throw new Error(made.why);
  expect(wires(made.document)).toEqual(wires(chain));
  const before = new Map(chain.nodes.map((node) => [node.id, node]));
  for (const node of made.document.nodes) expect(node).toEqual(before.get(node.id));
});

test('steps at the beginning of a loop come into a loop inside it', () => {
  const once = inLoop(['a', 'b']);
  const twice = inLoop(['a'], once);
  expect(wires(twice)).toContain('repeat.body>repeat_2');
  expect(twice.nodes.find(({ id }) => id === 'repeat_2')?.parent).toBe('repeat');
});

const branching: ProtocolDocument = {
  ...chain,
  nodes: [...chain.nodes, { id: 'if', type: 'branch', position: { x: 500, y: 0 } }],
  edges: [wire('start', 'if'), wire('if', 'a', 'yes'), wire('if', 'b', 'no'), wire('a', 'c')],
};
const task: ProtocolDocument = {
  ...chain,
  nodes: [
    { id: 't', type: 'task', position: { x: 0, y: 0 } },
    { id: 's', type: 'state', position: { x: 0, y: 0 }, parent: 't' },
  ],
  edges: [],
};

test.each([
  ['nothing', chain, []],
  ['inTask', task, ['s']],
  ['beginOrEnd', chain, ['c', 'end']],
  ['manyWaysIn', chain, ['a', 'c']],
  ['manyWaysIn', branching, ['a', 'b']],
  ['manyWaysOut', branching, ['if']],
  ['apart', { ...chain, edges: [wire('start', 'a')] }, ['a', 'b']],
])('it is refused with the reason %s', (why, document, keys) => {
  expect(putIntoLoop(catalogue, document, keys)).toEqual({ why });
});

test('only loops with a body can be taken away', () => {
  expect(takeOutOfLoop(catalogue, chain, 'a')).toEqual({ why: 'notALoop' });
  expect(takeOutOfLoop(catalogue, task, 't')).toEqual({ why: 'notALoop' });
  expect(takeOutOfLoop(catalogue, chain, undefined)).toEqual({ why: 'notALoop' });
  const bodiless = inLoop(['a']);
  const edges = bodiless.edges.filter((edge) => edge.sourceHandle !== 'body');
  expect(takeOutOfLoop(catalogue, { ...bodiless, edges }, 'repeat')).toEqual({ why: 'empty' });
});
