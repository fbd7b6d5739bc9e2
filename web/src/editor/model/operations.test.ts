import { describe, expect, test } from 'vitest';
import { catalogueOf, type Kind, type PortRule } from './catalogue';
import { copy, paste, readClip } from './clip';
import { type DocumentNode, emptyDocument, type ProtocolDocument } from './document';
import {
  addNode,
  connect,
  remove,
  removeAndReconnect,
  renameNode,
  setNodeData,
  splice,
} from './operations';
import { createEditorStore } from './store';

const port = (name: string, direction: 'IN' | 'OUT'): PortRule => ({
  name,
  label: '',
  direction,
  optional: false,
  many: false,
  answers: false,
  each: '',
  when: '',
  unless: '',
});
const kind = (type: string, level: Kind['level'], ports: PortRule[], container = false): Kind => ({
  type,
  level,
  container,
  top: false,
  label: type,
  icon: '',
  group: '',
  help: '',
  standard: { term: '', source: '' },
  ports,
  schema: {},
});
const catalogue = catalogueOf([
  kind('start', 'SESSION', [port('out', 'OUT')]),
  kind('end', 'SESSION', [port('in', 'IN')]),
  kind('wait', 'SESSION', [port('in', 'IN'), port('out', 'OUT')]),
  kind('task', 'SESSION', [port('in', 'IN'), port('out', 'OUT')], true),
  kind('state', 'TASK', [port('in', 'IN'), port('out', 'OUT')]),
  kind('exit', 'TASK', [port('in', 'IN')]),
]);
const base: ProtocolDocument = {
  ...emptyDocument('test'),
  edges: [{ id: 'w', source: 'start', target: 'end' }],
};
const add = (document: ProtocolDocument, type: string, parent?: string) =>
  addNode(catalogue, document, { type, position: { x: 10, y: 20 }, parent });
const wires = (document: ProtocolDocument) =>
  document.edges.map((edge) => `${edge.source}>${edge.target}`).sort((a, b) => (a < b ? -1 : 1));

test('a new node gets a readable id that is free', () => {
  const one = add(base, 'wait');
  const two = add(one.document, 'wait');
  expect([one.id, two.id]).toEqual(['wait', 'wait_2']);
});

test('a node dropped on a wire stands between its ends', () => {
  const { document, id } = add(base, 'wait');
  const change = splice(catalogue, document, 'w', id);
  expect(change && wires(change.document)).toEqual(['start>wait', 'wait>end']);
});

test('a node that does not fit into a wire changes nothing', () => {
  const { document, id } = add(base, 'start');
  expect(splice(catalogue, document, 'w', id)).toBeNull();
});

test('removing a node in a row and reconnecting closes the gap', () => {
  const { document, id } = add(base, 'wait');
  const change = splice(catalogue, document, 'w', id);
  expect(change && wires(removeAndReconnect(catalogue, change.document, [id]))).toEqual([
    'start>end',
  ]);
});

test('removing a container removes what stands in it and every wire to that', () => {
  const task = add(base, 'task');
  const state = add(task.document, 'state', task.id);
  const looped = connect(state.document, {
    source: state.id,
    sourceHandle: 'out',
    target: state.id,
    targetHandle: 'in',
  });
  const after = remove(looped.document, [task.id]);
  expect(after.nodes.map((each) => each.id)).toEqual(['start', 'end']);
  expect(wires(after)).toEqual(['start>end']);
});

test('a renamed node keeps its wires and its children', () => {
  const task = add(base, 'task');
  const state = add(task.document, 'state', task.id);
  const renamed = renameNode(state.document, task.id, 'shaping');
  expect(renamed.nodes.find((each: DocumentNode) => each.id === state.id)?.parent).toBe('shaping');
  expect(wires(renameNode(base, 'start', 'begin'))).toEqual(['begin>end']);
  expect(renameNode(base, 'start', 'end')).toBe(base);
});

test('a task follows the names of its first state and of its ends', () => {
  const task = add(base, 'task');
  const state = add(task.document, 'state', task.id);
  const exit = add(state.document, 'exit', task.id);
  const wired = connect(exit.document, {
    source: task.id,
    sourceHandle: 'exit',
    target: 'end',
    targetHandle: 'in',
  }).document;
  const said = (document: ProtocolDocument) => [
    document.nodes.find((each) => each.id === task.id)?.data?.initial,
    document.edges.find((each) => each.source === task.id)?.sourceHandle,
  ];
  expect(said(wired)).toEqual(['state', 'exit']);
  const renamed = renameNode(renameNode(wired, state.id, 'wait'), exit.id, 'over');
  expect(said(renamed)).toEqual(['wait', 'over']);
  const named = setNodeData(setNodeData(renamed, 'wait', { name: 'poke' }), 'over', {
    name: 'done',
  });
  expect(said(named)).toEqual(['poke', 'done']);
  expect(said(renameNode(named, 'over', 'exit_9'))).toEqual(['poke', 'done']);
});

describe('copy and paste', () => {
  const task = add(base, 'task');
  const a = add(task.document, 'state', task.id);
  const b = add(a.document, 'state', task.id);
  const full = connect(b.document, {
    source: a.id,
    sourceHandle: 'out',
    target: b.id,
    targetHandle: 'in',
  }).document;

  test('brings a container with its inside under new ids and leaves the original alone', () => {
    const clip = copy(full, [task.id]);
    const pasted = paste(catalogue, full, clip, {}).document;
    expect(pasted.nodes.filter((each) => each.parent === 'task_2').map((each) => each.id)).toEqual([
      'state_3',
      'state_4',
    ]);
    expect(wires(pasted)).toEqual(['start>end', 'state>state_2', 'state_3>state_4']);
    expect(pasted.nodes.slice(0, full.nodes.length)).toEqual(full.nodes);
  });

  test('keeps states out of the session level, and steps out of a task', () => {
    expect(paste(catalogue, full, copy(full, [a.id, b.id]), {}).nodes).toEqual([]);
    expect(paste(catalogue, full, copy(full, ['start']), { parent: task.id }).nodes).toEqual([]);
    expect(paste(catalogue, full, copy(full, [a.id]), { parent: task.id }).nodes).toEqual([
      'state_3',
    ]);
  });

  test('lets a copied task begin in its own state, and leave by its own ends', () => {
    const exit = add(full, 'exit', task.id);
    const wired = connect(exit.document, {
      source: task.id,
      sourceHandle: exit.id,
      target: 'end',
      targetHandle: 'in',
    }).document;
    const { document } = paste(catalogue, wired, copy(wired, [task.id, 'end']), {});
    expect(document.nodes.find((each) => each.id === 'task_2')?.data?.initial).toBe('state_3');
    expect(document.edges.find((each) => each.source === 'task_2')?.sourceHandle).toBe('exit_2');
  });

  test('puts copies of the same beside each other', () => {
    const once = paste(catalogue, base, copy(base, ['start']), {}).document;
    const twice = paste(catalogue, once, copy(base, ['start']), {}).document;
    const places = twice.nodes.map(({ position: { x, y } }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
  });

  test('survives the clipboard, and refuses other text', () => {
    const clip = copy(full, [task.id]);
    expect(readClip(JSON.stringify(clip))).toEqual(clip);
    expect(readClip('hello')).toBeNull();
    expect(readClip('{"nodes":[]}')).toBeNull();
    expect(readClip('{"kind":"lics.clip","nodes":[{"id":"a"}],"edges":[]}')).toBeNull();
  });
});

describe('undo', () => {
  test('leads out of a container that is gone, and lets go of what was selected in it', () => {
    const store = createEditorStore(base, base);
    const { edit, enter, select, undo, redo } = store.getState();
    edit((document) => add(document, 'task').document);
    edit((document) => add(document, 'state', 'task').document);
    enter('task');
    select(['state']);
    undo();
    expect(store.getState()).toMatchObject({ inside: 'task', selectedNodes: [] });
    undo();
    expect(store.getState().inside).toBeUndefined();
    redo();
    expect(store.getState().document.nodes.map(({ id }) => id)).toContain('task');
  });

  test('keeps what is typed after it apart from what was typed before', () => {
    const store = createEditorStore(base, base);
    const { edit, undo } = store.getState();
    edit((document) => ({ ...document, name: 'a' }), 'name');
    undo();
    edit((document) => ({ ...document, name: 'b' }), 'name');
    undo();
    expect(store.getState().document.name).toBe('test');
  });

  test('of something else leaves the selection the same', () => {
    const store = createEditorStore(base, base);
    store.getState().select(['start']);
    const { selectedNodes } = store.getState();
    store.getState().edit((document) => add(document, 'wait').document);
    expect(store.getState().selectedNodes).toBe(selectedNodes);
  });

  test('takes back one edit at a time and forgets with a newly opened document', () => {
    const store = createEditorStore(base, base);
    const { edit, open } = store.getState();
    edit((document) => add(document, 'wait').document);
    edit((document) => add(document, 'wait').document);
    store.getState().undo();
    expect(store.getState().document.nodes).toHaveLength(3);
    store.getState().undo();
    expect(store.getState().document).toBe(base);
    store.getState().redo();
    expect(store.getState().document.nodes).toHaveLength(3);
    open(base, base, { id: null, number: 0 });
    store.getState().undo();
    expect(store.getState().document).toBe(base);
  });

  test('an edit that changes nothing leaves nothing to undo', () => {
    const store = createEditorStore(base, base);
    store.getState().edit((document) => document);
    store.getState().select(['start']);
    expect(store.temporal.getState().pastStates).toHaveLength(0);
  });

  test('the selection loses what an edit removes', () => {
    const store = createEditorStore(base, base);
    store.getState().select(['start', 'end'], ['w']);
    store.getState().edit((document) => remove(document, ['start']));
    expect(store.getState().selectedNodes).toEqual(['end']);
    expect(store.getState().selectedEdges).toEqual([]);
  });
});

test('letters typed one after the other into a field are one step of undo', () => {
  const start: ProtocolDocument = { ...emptyDocument('a') };
  const store = createEditorStore(start, null);
  for (const name of ['F', 'FR', 'FR1']) {
    store.getState().edit((now) => ({ ...now, name }), 'name');
  }
  store.getState().undo();
  expect(store.getState().document).toBe(start);
});
