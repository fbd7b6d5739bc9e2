import { groupKey, membersOf, noteKey } from './annotations';
import type { Group, Note, ProtocolDocument } from './document';
import { freeId } from './ids';

/** Notes and groups that are copied with nodes. */
export interface AnnotationClip {
  notes?: Note[];
  groups?: Group[];
}

/** What is selected, with what stands in the frames of the selection. */
export function withMembers(document: ProtocolDocument, keys: Iterable<string>): Set<string> {
  const all = new Set(keys);
  for (const each of document.groups ?? []) {
    if (all.has(groupKey(each.id))) for (const member of membersOf(each)) all.add(member);
  }
  return all;
}

/** Of a selection: its notes, those inside its containers, and the frames it fills. */
export function copyAnnotations(
  document: ProtocolDocument,
  keys: ReadonlySet<string>,
): AnnotationClip {
  const notes = (document.notes ?? []).filter(
    (each) => keys.has(noteKey(each.id)) || keys.has(each.parent ?? ''),
  );
  const all = new Set([...keys, ...notes.map((each) => noteKey(each.id))]);
  const groups = (document.groups ?? []).filter((each) =>
    membersOf(each).every((member) => all.has(member)),
  );
  return {
    ...(notes.length > 0 && {
      notes: notes.map((note) => {
        if (note.parent === undefined || keys.has(note.parent)) return note;
        const { parent: _, ...free } = note;
        return free;
      }),
    }),
    ...(groups.length > 0 && { groups }),
  };
}

/** Puts them beside the nodes that were pasted, which have new ids. Gives the keys of those at the top. */
export function pasteAnnotations(
  document: ProtocolDocument,
  clip: AnnotationClip,
  place: {
    parent: string | undefined;
    shift: { x: number; y: number };
    names: ReadonlyMap<string, string>;
  },
): { document: ProtocolDocument; keys: string[] } {
  const { parent, shift, names } = place;
  const takenNotes = new Set(document.notes?.map((each) => each.id));
  const noteNames = new Map<string, string>();
  const keys: string[] = [];
  const notes = (clip.notes ?? []).flatMap((note): Note[] => {
    const inside = note.parent === undefined ? undefined : names.get(note.parent);
    if (note.parent !== undefined && inside === undefined) return [];
    const id = freeId(note.id, takenNotes);
    takenNotes.add(id);
    noteNames.set(note.id, id);
    if (inside !== undefined) return [{ ...note, id, parent: inside }];
    keys.push(noteKey(id));
    const { parent: _, ...free } = note;
    const x = Math.round(note.position.x + shift.x);
    const y = Math.round(note.position.y + shift.y);
    const position = { ...note.position, x, y };
    return [{ ...free, id, position, ...(parent === undefined ? {} : { parent }) }];
  });
  const takenGroups = new Set(document.groups?.map((each) => each.id));
  const groups = (clip.groups ?? []).flatMap((each): Group[] => {
    const id = freeId(each.id, takenGroups);
    const pasted: Group = {
      ...each,
      id,
      nodes: renamed(each.nodes, names),
      notes: renamed(each.notes, noteNames),
    };
    if (membersOf(pasted).length === 0) return [];
    takenGroups.add(id);
    return [pasted];
  });
  if (notes.length + groups.length === 0) return { document, keys };
  return {
    document: {
      ...document,
      ...(notes.length > 0 && { notes: [...(document.notes ?? []), ...notes] }),
      ...(groups.length > 0 && { groups: [...(document.groups ?? []), ...groups] }),
    },
    keys,
  };
}

const renamed = (ids: string[] | undefined, names: ReadonlyMap<string, string>): string[] =>
  (ids ?? []).flatMap((id) => names.get(id) ?? []);
