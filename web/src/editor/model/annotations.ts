import type { Group, Note, ProtocolDocument } from './document';
import { freeId } from './ids';
import type { Change } from './operations';

/**
 * Notes and groups are selected, moved and deleted with the nodes. On the canvas
 * they are called by keys that no id of a node can be.
 */
export const noteKey = (id: string): string => `#note:${id}`;
export const groupKey = (id: string): string => `#group:${id}`;

/** The note or the group behind a key of the canvas. */
export const noteAt = (document: ProtocolDocument, key: string | undefined): Note | undefined =>
  document.notes?.find((each) => noteKey(each.id) === key);
export const groupAt = (document: ProtocolDocument, key: string | undefined): Group | undefined =>
  document.groups?.find((each) => groupKey(each.id) === key);

/** What of a document can be selected beside its nodes. */
export const annotationKeys = (document: ProtocolDocument): string[] => [
  ...(document.notes ?? []).map((each) => noteKey(each.id)),
  ...(document.groups ?? []).map((each) => groupKey(each.id)),
];

/** What a frame holds, by the names of the canvas. */
export const membersOf = (group: Group): string[] => [
  ...(group.nodes ?? []),
  ...(group.notes ?? []).map(noteKey),
];

const noteSize = { width: 200, height: 120 };

export function addNote(
  document: ProtocolDocument,
  wish: { position: { x: number; y: number }; parent: string | undefined },
): Change {
  const id = freeId('note', idsOf(document.notes));
  const note: Note = {
    id,
    text: '',
    position: { ...wish.position, ...noteSize },
    ...(wish.parent === undefined ? {} : { parent: wish.parent }),
  };
  return {
    document: { ...document, notes: [...(document.notes ?? []), note] },
    nodes: [noteKey(id)],
    edges: [],
  };
}

export function setNote(
  document: ProtocolDocument,
  id: string,
  change: Partial<Note>,
): ProtocolDocument {
  const notes = document.notes?.map((each) => (each.id === id ? { ...each, ...change } : each));
  return notes ? { ...document, notes } : document;
}

export function setGroup(
  document: ProtocolDocument,
  id: string,
  change: Partial<Group>,
): ProtocolDocument {
  const groups = document.groups?.map((each) => (each.id === id ? { ...each, ...change } : each));
  return groups ? { ...document, groups } : document;
}

/** Puts a frame around nodes and notes; what stood in another frame leaves it. null when there is nothing to frame. */
export function group(document: ProtocolDocument, keys: Iterable<string>): Change | null {
  const chosen = new Set(keys);
  const nodes = document.nodes.filter((each) => chosen.has(each.id)).map((each) => each.id);
  const notes = (document.notes ?? [])
    .filter((each) => chosen.has(noteKey(each.id)))
    .map((each) => each.id);
  if (nodes.length + notes.length === 0) return null;
  const rest = withoutMembers(document, new Set(nodes), new Set(notes));
  const id = freeId('group', idsOf(rest.groups));
  const made: Group = {
    id,
    ...(nodes.length > 0 && { nodes }),
    ...(notes.length > 0 && { notes }),
  };
  return {
    document: { ...rest, groups: [...(rest.groups ?? []), made] },
    nodes: [groupKey(id)],
    edges: [],
  };
}

/** Takes away frames, and those around what is selected; what was in them stays. */
export function ungroup(document: ProtocolDocument, keys: Iterable<string>): ProtocolDocument {
  const chosen = new Set(keys);
  return withGroups(
    document,
    document.groups?.filter(
      (each) =>
        !chosen.has(groupKey(each.id)) && !membersOf(each).some((member) => chosen.has(member)),
    ),
  );
}

/** The document without notes, frames, and what was in frames, of keys and nodes that go. */
export function withoutAnnotations(
  document: ProtocolDocument,
  keys: ReadonlySet<string>,
): ProtocolDocument {
  if (!document.notes && !document.groups) return document;
  const notes = document.notes?.filter(
    (each) => !keys.has(noteKey(each.id)) && !keys.has(each.parent ?? ''),
  );
  const left = idsOf(notes);
  const gone = new Set([...idsOf(document.notes)].filter((id) => !left.has(id)));
  const frames = withGroups(
    { ...document, ...(notes && { notes }) },
    document.groups?.filter((each) => !keys.has(groupKey(each.id))),
  );
  return withoutMembers(frames, keys, gone);
}

/** Notes go where they were moved to; other keys are of nodes. */
export function moveNotes(
  document: ProtocolDocument,
  positions: ReadonlyMap<string, { x?: number; y?: number }>,
): ProtocolDocument {
  if (!document.notes?.some((each) => positions.has(noteKey(each.id)))) return document;
  return {
    ...document,
    notes: document.notes.map((each) => {
      const { x = each.position.x, y = each.position.y } = positions.get(noteKey(each.id)) ?? {};
      return { ...each, position: { ...each.position, x: Math.round(x), y: Math.round(y) } };
    }),
  };
}

/** A node has another id: the frame around it knows. */
export function renameMember(
  document: ProtocolDocument,
  from: string,
  to: string,
): ProtocolDocument {
  const renamed = (id: string) => (id === from ? to : id);
  return {
    ...document,
    ...(document.notes && {
      notes: document.notes.map((each) => (each.parent === from ? { ...each, parent: to } : each)),
    }),
    ...(document.groups && {
      groups: document.groups.map((each) =>
        each.nodes?.includes(from) ? { ...each, nodes: each.nodes.map(renamed) } : each,
      ),
    }),
  };
}

/** A frame around nothing is none. */
function withoutMembers(
  document: ProtocolDocument,
  nodes: ReadonlySet<string>,
  notes: ReadonlySet<string>,
): ProtocolDocument {
  return withGroups(
    document,
    document.groups
      ?.map((each) => ({
        ...each,
        ...(each.nodes && { nodes: each.nodes.filter((id) => !nodes.has(id)) }),
        ...(each.notes && { notes: each.notes.filter((id) => !notes.has(id)) }),
      }))
      .filter((each) => membersOf(each).length > 0),
  );
}

function withGroups(document: ProtocolDocument, groups: Group[] | undefined): ProtocolDocument {
  return groups ? { ...document, groups } : document;
}

const idsOf = (list: readonly { id: string }[] | undefined): Set<string> =>
  new Set((list ?? []).map((each) => each.id));
