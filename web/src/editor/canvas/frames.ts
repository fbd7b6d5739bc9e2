import type { NodeChange, NodePositionChange } from '@xyflow/react';
import { membersOf, noteKey } from '../model/annotations';
import type { ProtocolDocument } from '../model/document';
import type { FlowNode, FrameNode } from './flow';
import { boxAround, boxOf } from './guess';

const padding = { sides: 20, top: 36, bottom: 20 };

/** Draws each frame around what is in it now, also while that is dragged. */
export function framed(nodes: FlowNode[]): FlowNode[] {
  if (!nodes.some(isFrame)) return nodes;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return nodes.map((node) => {
    if (!isFrame(node)) return node;
    const members = membersOf(node.data.group).flatMap((id) => byId.get(id) ?? []);
    const inner = boxAround(members.map(boxOf));
    const width = inner.width + 2 * padding.sides;
    const height = inner.height + padding.top + padding.bottom;
    const position = { x: inner.x - padding.sides, y: inner.y - padding.top };
    const same =
      node.position.x === position.x &&
      node.position.y === position.y &&
      node.width === width &&
      node.height === height;
    return same ? node : { ...node, position, width, height, measured: { width, height } };
  });
}

/** Whoever moves a frame moves what is in it. */
export function carried(
  changes: NodeChange<FlowNode>[],
  nodes: readonly FlowNode[],
): NodeChange<FlowNode>[] {
  const frames = new Map(nodes.filter(isFrame).map((node) => [node.id, node]));
  if (frames.size === 0) return changes;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const moving = new Set(changes.flatMap((each) => (each.type === 'position' ? [each.id] : [])));
  const more = changes.flatMap((change): NodePositionChange[] => {
    const frame = change.type === 'position' && change.position && frames.get(change.id);
    if (!frame || change.type !== 'position' || !change.position) return [];
    const dx = change.position.x - frame.position.x;
    const dy = change.position.y - frame.position.y;
    return membersOf(frame.data.group).flatMap((id): NodePositionChange[] => {
      const member = byId.get(id);
      if (!member || moving.has(id)) return [];
      const position = { x: member.position.x + dx, y: member.position.y + dy };
      return [{ type: 'position', id, position }];
    });
  });
  return [...changes, ...more];
}

export const isFrame = (node: FlowNode): node is FrameNode => node.type === 'frame';

/** Where a drag has put nodes and notes, when it began at these places; of a frame, what is in it. */
export function dropped(
  document: ProtocolDocument,
  dragged: readonly FlowNode[],
  from: ReadonlyMap<string, { x: number; y: number }>,
): Map<string, { x: number; y: number }> {
  const to = new Map(dragged.map((node) => [node.id, node.position]));
  const before = new Map([
    ...document.nodes.map((node) => [node.id, node.position] as const),
    ...(document.notes ?? []).map((note) => [noteKey(note.id), note.position] as const),
  ]);
  for (const frame of dragged.filter(isFrame)) {
    const start = from.get(frame.id) ?? frame.position;
    for (const id of membersOf(frame.data.group)) {
      const place = before.get(id);
      if (!place || to.has(id)) continue;
      to.set(id, {
        x: place.x + frame.position.x - start.x,
        y: place.y + frame.position.y - start.y,
      });
    }
  }
  return to;
}
