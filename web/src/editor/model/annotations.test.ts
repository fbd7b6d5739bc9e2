import { expect, test } from 'vitest';
import { addNote, group, groupKey, noteKey, ungroup } from './annotations';
import { catalogueOf, unknownKind } from './catalogue';
import { copy, paste, readClip } from './clip';
import { differences } from './diff';
import type { ProtocolDocument } from './document';
import { moveNodes, remove, renameNode } from './operations';

const at = { x: 0, y: 0 };
const document: ProtocolDocument = {
  kind: 'lics.protocol',
  format: 1,
  name: 'test',
  nodes: [
    { id: 'a', type: 'wait', position: at },
    { id: 'b', type: 'wait', position: { x: 200, y: 0 } },
    { id: 'loop', type: 'repeat', position: at },
  ],
  edges: [],
  notes: [
    { id: 'why', text: 'Why', position: at },
    { id: 'inside', text: 'Inside', position: at, parent: 'loop' },
  ],
  groups: [{ id: 'frame', title: 'Both', nodes: ['a', 'b'], notes: ['why'] }],
};
const catalogue = catalogueOf([unknownKind('wait'), { ...unknownKind('repeat'), container: true }]);

test('a note sticks where it is put, in the container that is open', () => {
  const { document: next, nodes } = addNote(document, { position: { x: 7, y: 8 }, parent: 'loop' });
  expect(nodes).toEqual(['#note:note']);
  expect(next.notes?.at(-1)).toEqual({
    id: 'note',
    text: '',
    position: { x: 7, y: 8, width: 200, height: 120 },
    parent: 'loop',
  });
});

test('what is put into a frame leaves the frame it was in, and a frame around nothing is gone', () => {
  const made = group(document, ['a', 'b', noteKey('why')]);
  expect(made?.document.groups).toEqual([{ id: 'group', nodes: ['a', 'b'], notes: ['why'] }]);
  expect(made?.nodes).toEqual([groupKey('group')]);
  const one = group(document, ['a']);
  expect(one?.document.groups?.map(({ id, nodes }) => [id, nodes])).toEqual([
    ['frame', ['b']],
    ['group', ['a']],
  ]);
  expect(group(document, ['nobody', groupKey('frame')])).toBeNull();
});

test('a frame is taken away by itself or by what is in it, which stays', () => {
  for (const key of [groupKey('frame'), 'b', noteKey('why')]) {
    const next = ungroup(document, [key]);
    expect(next.groups).toEqual([]);
    expect(next.nodes).toHaveLength(3);
    expect(next.notes).toHaveLength(2);
  }
  expect(ungroup(document, ['loop']).groups).toHaveLength(1);
});

test('what is deleted leaves its frame; notes go with their container', () => {
  expect(remove(document, ['a']).groups?.[0]?.nodes).toEqual(['b']);
  expect(remove(document, ['loop']).notes?.map(({ id }) => id)).toEqual(['why']);
  const without = remove(document, [noteKey('why')]);
  expect(without.notes?.map(({ id }) => id)).toEqual(['inside']);
  expect(without.groups?.[0]?.notes).toEqual([]);
  expect(remove(document, [groupKey('frame')]).groups).toEqual([]);
  expect(remove(document, ['a', 'b', noteKey('why')]).groups).toEqual([]);
});

test('a note moves with the nodes, and a node keeps its frame under another id', () => {
  const moved = moveNodes(document, new Map([[noteKey('why'), { x: 30.4, y: 5 }]]));
  expect(moved.notes?.[0]?.position).toEqual({ x: 30, y: 5 });
  expect(moved.nodes[0]?.position).toEqual(at);
  expect(renameNode(document, 'a', 'first').groups?.[0]?.nodes).toEqual(['first', 'b']);
  expect(renameNode(document, 'loop', 'again').notes?.[1]?.parent).toBe('again');
});

test('a frame is copied with what is in it, and pasted under other ids', () => {
  const clip = readClip(JSON.stringify(copy(document, [groupKey('frame')])));
  if (!clip) throw new Error('no clip');
  const { document: next, nodes } = paste(catalogue, document, clip, {});
  expect(next.groups?.at(-1)).toEqual({
    id: 'frame_2',
    title: 'Both',
    nodes: ['a_2', 'b_2'],
    notes: ['why_2'],
  });
  expect(nodes).toEqual(['a_2', 'b_2', noteKey('why_2')]);
  expect(next.notes?.at(-1)?.position).not.toEqual(at);
});

test('a container is copied with the notes in it', () => {
  const clip = copy(document, ['loop']);
  const { document: next } = paste(catalogue, document, clip, {});
  expect(next.notes?.at(-1)).toMatchObject({ id: 'inside_2', parent: 'loop_2' });
});

test('another text is a difference, another place is none', () => {
  const [note, ...notes] = document.notes ?? [];
  if (!note) throw new Error('no note');
  const with_ = (changed: typeof note) => ({ ...document, notes: [changed, ...notes] });
  expect(differences(document, with_({ ...note, text: 'Because' }))).toEqual([
    { kind: 'changed', object: 'note', id: 'why' },
  ]);
  expect(differences(document, with_({ ...note, position: { x: 9, y: 9 } }))).toEqual([]);
});
