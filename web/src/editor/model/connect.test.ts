import { describe, expect, test } from 'vitest';
import { catalogueOf, type Kind, type PortRule } from './catalogue';
import { targetsOf, whyNot } from './connect';
import type { DocumentNode, ProtocolDocument } from './document';

const rule = (name: string, direction: 'IN' | 'OUT', more: Partial<PortRule> = {}): PortRule => ({
  name,
  label: '',
  direction,
  optional: false,
  many: false,
  answers: false,
  each: '',
  when: '',
  unless: '',
  ...more,
});

const kind = (type: string, ports: PortRule[], more: Partial<Kind> = {}): Kind => ({
  type,
  level: 'SESSION',
  container: false,
  top: false,
  label: type,
  icon: '',
  group: '',
  help: '',
  standard: { term: '', source: '' },
  ports,
  schema: {},
  ...more,
});

const catalogue = catalogueOf([
  kind('start', [rule('out', 'OUT')]),
  kind('wait', [rule('in', 'IN'), rule('out', 'OUT')]),
  kind('branch', [
    rule('in', 'IN'),
    rule('', 'OUT', { each: 'cases[].port' }),
    rule('else', 'OUT'),
  ]),
  kind('repeat', [rule('in', 'IN'), rule('body', 'OUT'), rule('done', 'OUT')], { container: true }),
  kind('state', [rule('in', 'IN'), rule('out', 'OUT', { many: true })], { level: 'TASK' }),
]);

const node = (id: string, type: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  id,
  type,
  position: { x: 0, y: 0 },
  ...more,
});

const document: ProtocolDocument = {
  kind: 'lics.protocol',
  format: 1,
  name: 'test',
  nodes: [
    node('start', 'start'),
    node('wait', 'wait'),
    node('choice', 'branch', { data: { cases: [{ port: 'good' }, { port: 'bad' }] } }),
    node('loop', 'repeat'),
    node('inner', 'wait', { parent: 'loop' }),
    node('a', 'state', { parent: 'task' }),
    node('b', 'state', { parent: 'task' }),
  ],
  edges: [
    { id: 'e1', source: 'start', target: 'wait' },
    { id: 'e2', source: 'wait', target: 'choice' },
    { id: 'e3', source: 'a', target: 'b' },
  ],
};

const ask = (source: string, sourceHandle: string, target: string) =>
  whyNot(catalogue, document, { source, sourceHandle, target, targetHandle: 'in' })?.reason ?? null;

describe('a wire may be drawn', () => {
  test('from a free port to a node of the same level', () => {
    expect(ask('choice', 'good', 'loop')).toBeNull();
  });
  test('from the body of a loop to a node inside it', () => {
    expect(ask('loop', 'body', 'inner')).toBeNull();
  });
  test('between states in any direction, several from one port, and to itself', () => {
    expect(ask('b', 'out', 'a')).toBeNull();
    expect(ask('a', 'out', 'b')).toBeNull();
    expect(ask('a', 'out', 'a')).toBeNull();
  });
});

describe('a wire is refused, with the reason', () => {
  test.each([
    ['from a port that has one', 'start', 'out', 'loop', 'taken'],
    ['when it exists', 'start', 'out', 'wait', 'exists'],
    ['from a port that is not there', 'choice', 'maybe', 'loop', 'noSourcePort'],
    ['to a node without an entry', 'choice', 'good', 'start', 'noTargetPort'],
    ['backwards', 'choice', 'good', 'wait', 'backward'],
    ['to itself', 'choice', 'good', 'choice', 'self'],
    ['into a container', 'choice', 'good', 'inner', 'leavesContainer'],
    ['from the body to the outside', 'loop', 'body', 'choice', 'bodyInside'],
    ['from the end of a loop to its inside', 'loop', 'done', 'inner', 'leavesContainer'],
  ])('%s', (_, source, port, target, reason) => {
    expect(ask(source, port, target)).toBe(reason);
  });
});

test('the keyboard is offered exactly the targets that a drag would accept', () => {
  const offered = targetsOf(catalogue, document, 'choice', 'good').map((wire) => wire.target);
  expect(offered).toEqual(['loop']);
});
