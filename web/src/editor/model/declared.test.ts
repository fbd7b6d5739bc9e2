import { expect, test } from 'vitest';
import { catalogueOf, type Kind } from './catalogue';
import { declaredAt, followDeclared } from './declared';
import type { ProtocolDocument } from './document';
import type { FieldSchema } from './form';

const field = (kind: NonNullable<FieldSchema['x-lics']>['kind']): FieldSchema => ({
  type: 'string',
  'x-lics': { kind },
});
const list = (items: FieldSchema): FieldSchema => ({ type: 'array', items });
const action: FieldSchema = {
  type: 'object',
  properties: {
    do: {},
    channel: field('channel'),
    volume: field('expression'),
    text: field('template'),
  },
};
const kind = (
  type: string,
  level: Kind['level'],
  properties: Record<string, FieldSchema>,
): Kind => ({
  ...{
    type,
    level,
    container: type === 'task',
    top: false,
    label: type,
    icon: '',
    group: '',
    help: '',
  },
  ...{ standard: { term: '', source: '' }, ports: [] },
  schema: { type: 'object', properties, $defs: { action } } as unknown as Kind['schema'],
});
const catalogue = catalogueOf([
  kind('assign', 'SESSION', { variable: field('variable'), value: field('expression') }),
  kind('task', 'SESSION', {
    role: field('role'),
    parameters: { type: 'object', additionalProperties: field('expression') },
    results: { type: 'object', additionalProperties: field('variable') },
    variables: list({ type: 'object', properties: { name: {}, initial: field('expression') } }),
  }),
  kind('state', 'TASK', {
    timer: field('expression'),
    entry: list({ $ref: '#/$defs/action' }),
    label: {},
  }),
]);
const transition: FieldSchema = {
  type: 'object',
  properties: { event: field('event'), guard: field('expression') },
};

const at = { x: 0, y: 0 };
const document: ProtocolDocument = {
  kind: 'lics.protocol',
  format: 1,
  name: 'test',
  roles: [
    {
      name: 'box',
      channels: [
        { name: 'lever', direction: 'in' },
        { name: 'pump', direction: 'out' },
      ],
    },
    { name: 'other', channels: [{ name: 'lever', direction: 'in' }] },
  ],
  parameters: [{ name: 'volume', type: 'float' }],
  variables: [{ name: 'days', type: 'int', initial: 'int(volume)' }],
  nodes: [
    { id: 'count', type: 'assign', position: at, data: { variable: 'days', value: 'days + 1' } },
    {
      id: 'task',
      type: 'task',
      position: at,
      data: { role: 'box', parameters: { day: 'days' }, results: { trials: 'days' } },
    },
    {
      id: 'wait',
      type: 'state',
      parent: 'task',
      position: at,
      data: {
        label: 'volume',
        timer: 'seconds(volume) + x.volume + volumes',
        entry: [
          { do: 'pulse', channel: 'pump', volume: 'volume', text: 'volume {volume + "volume"}' },
        ],
      },
    },
    {
      id: 'own',
      type: 'task',
      position: at,
      data: { role: 'other', variables: [{ name: 'volume', initial: '0' }] },
    },
    { id: 'mine', type: 'state', parent: 'own', position: at, data: { timer: 'volume' } },
  ],
  edges: [
    {
      id: 'a',
      source: 'wait',
      target: 'wait',
      data: { event: 'lever_in', guard: 'lever and days > 0' },
    },
    { id: 'b', source: 'mine', target: 'mine', data: { event: 'lever_in', guard: 'lever' } },
  ],
};

function rename(path: string, from: string, to: string) {
  const declared = declaredAt(document, path);
  if (!declared) throw new Error(path);
  const { document: after, count } = followDeclared(catalogue, transition, document, declared, [
    from,
    to,
  ]);
  const data = (id: string) =>
    [...after.nodes, ...after.edges].find((each) => each.id === id)?.data;
  return { after, count, data };
}

test('a parameter is followed by expressions, but not by words, fields and names of a task', () => {
  const { after, count, data } = rename('parameters[0].name', 'volume', 'drop');
  expect(data('wait')).toEqual({
    label: 'volume',
    timer: 'seconds(drop) + x.volume + volumes',
    entry: [{ do: 'pulse', channel: 'pump', volume: 'drop', text: 'volume {drop + "volume"}' }],
  });
  expect(data('mine')).toEqual({ timer: 'volume' });
  expect(after.variables?.[0]?.initial).toBe('int(drop)');
  expect(count).toBe(4);
});

test('a channel is followed where its device is meant, with the events of its edges', () => {
  const { data, count } = rename('roles[0].channels[0].name', 'lever', 'poke');
  expect(data('a')).toEqual({ event: 'poke_in', guard: 'poke and days > 0' });
  expect(data('b')).toEqual({ event: 'lever_in', guard: 'lever' });
  expect(count).toBe(2);
});

test('a variable of the run is followed in the session, and not inside tasks', () => {
  const { data } = rename('variables[0].name', 'days', 'sessions');
  expect(data('count')).toEqual({ variable: 'sessions', value: 'sessions + 1' });
  expect(data('task')).toMatchObject({
    parameters: { day: 'sessions' },
    results: { trials: 'sessions' },
  });
  expect(data('a')).toMatchObject({ guard: 'lever and days > 0' });
});

test('a device is followed by the tasks that run on it, and what is not concerned is the same', () => {
  const { after, data } = rename('roles[0].name', 'box', 'chamber');
  expect(data('task')).toMatchObject({ role: 'chamber' });
  expect(data('own')).toMatchObject({ role: 'other' });
  expect(after.nodes[0]).toBe(document.nodes[0]);
});
