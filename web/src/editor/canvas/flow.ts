import type { Edge, Node } from '@xyflow/react';
import { groupKey, membersOf, noteKey } from '../model/annotations';
import { type Catalogue, isTask, type Kind, kindOf, type Port, portsOf } from '../model/catalogue';
import {
  type DocumentEdge,
  type DocumentNode,
  type Group,
  type Note,
  type ProtocolDocument,
  sourcePort,
  targetPort,
  textOf,
} from '../model/document';
import { transitionText } from '../model/summary';

export type CardData = {
  node: DocumentNode;
  kind: Kind;
  ports: Port[];
  /** How many nodes stand inside. */
  inside: number;
};
export type CardNode = Node<CardData, 'card'>;
export type EntryNode = Node<{ role: 'body' | 'initial' }, 'entry'>;
export type NoteNode = Node<{ note: Note }, 'note'>;
export type FrameNode = Node<{ group: Group }, 'frame'>;
export type FlowNode = CardNode | EntryNode | NoteNode | FrameNode;

export type WireData = {
  text: string;
  /** It leaves its node from anywhere, and is drawn along the shortest way. */
  floating: boolean;
  /** Position among the wires between the same two nodes, so that they do not lie on each other. */
  lane: number;
  transition: boolean;
};
export type FlowEdge = Edge<WireData, 'wire'>;

/** The node that stands for the way into a container, while one looks inside. */
export const entryId = '#entry';

export interface Flow {
  nodes: FlowNode[];
  edges: FlowEdge[];
}

/**
 * One level of a document as React Flow draws it. What did not change is the
 * same object as before, so that only what changed is rendered again.
 */
export function flowOf(
  catalogue: Catalogue,
  document: ProtocolDocument,
  inside: string | undefined,
  before?: Flow,
): Flow {
  const counts = new Map<string, number>();
  for (const node of document.nodes) {
    if (node.parent !== undefined) counts.set(node.parent, (counts.get(node.parent) ?? 0) + 1);
  }
  const old = new Map(before?.nodes.map((node) => [node.id, node]));
  const cards = document.nodes
    .filter((node) => node.parent === inside)
    .map((node): FlowNode => card(catalogue, document, node, counts.get(node.id) ?? 0, old));
  const container = document.nodes.find((node) => node.id === inside);
  const shown = new Map(cards.map((each) => [each.id, each]));
  const nodes = container ? [entry(catalogue, container, cards, old), ...cards] : cards;
  const oldEdges = new Map(before?.edges.map((edge) => [edge.id, edge]));
  const lanes = new Map<string, number>();
  const edges = document.edges.flatMap((edge): FlowEdge[] => {
    const fromEntry = container !== undefined && edge.source === container.id;
    if (!shown.has(edge.target) || (!shown.has(edge.source) && !fromEntry)) return [];
    return [keep(oldEdges, wire(edge, fromEntry, shown.get(edge.source), lanes))];
  });
  if (container && isTask(kindOf(catalogue, container))) edges.push(...initial(container, cards));
  return { nodes: [...annotations(document, inside, shown, old), ...nodes], edges };
}

/** Frames behind notes, and both behind the nodes. Where a frame stands, its members say. */
function annotations(
  document: ProtocolDocument,
  inside: string | undefined,
  shown: ReadonlyMap<string, FlowNode>,
  old: Map<string, FlowNode>,
): FlowNode[] {
  const notes = (document.notes ?? [])
    .filter((note) => note.parent === inside)
    .map((note): NoteNode => {
      const last = old.get(noteKey(note.id));
      if (last?.type === 'note' && last.data.note === note) return last;
      const { x, y, width = 200, height = 120 } = note.position;
      const size = { width, height };
      return {
        ...{ id: noteKey(note.id), type: 'note', position: { x, y }, data: { note } },
        ...{ ...size, measured: size, zIndex: -1 },
      };
    });
  const here = new Set([...shown.keys(), ...notes.map((each) => each.id)]);
  const frames = (document.groups ?? [])
    .filter((group) => membersOf(group).some((member) => here.has(member)))
    .map((group): FrameNode => {
      const last = old.get(groupKey(group.id));
      if (last?.type === 'frame' && last.data.group === group) return last;
      return {
        ...{ id: groupKey(group.id), type: 'frame', position: { x: 0, y: 0 }, data: { group } },
        ...{ zIndex: -2, style: { pointerEvents: 'none' }, ariaLabel: group.title ?? '' },
      };
    });
  return [...frames, ...notes];
}

function card(
  catalogue: Catalogue,
  document: ProtocolDocument,
  node: DocumentNode,
  inside: number,
  old: Map<string, FlowNode>,
): CardNode {
  const last = old.get(node.id);
  const kind = kindOf(catalogue, node);
  if (last?.type === 'card' && last.data.node === node && last.data.inside === inside) {
    // The ports of a container may be the names of what stands inside.
    if (!kind.container) return last;
    const ports = portsOf(catalogue, document, node);
    if (JSON.stringify(ports) === JSON.stringify(last.data.ports)) return last;
  }
  return {
    id: node.id,
    type: 'card',
    position: { x: node.position.x, y: node.position.y },
    data: { node, kind, ports: portsOf(catalogue, document, node), inside },
  };
}

function entry(
  catalogue: Catalogue,
  container: DocumentNode,
  cards: FlowNode[],
  old: Map<string, FlowNode>,
): EntryNode {
  const role = isTask(kindOf(catalogue, container)) ? 'initial' : 'body';
  const left = Math.min(...cards.map((each) => each.position.x), 0);
  const first = [...cards].sort((a, b) => a.position.x - b.position.x)[0];
  const position = { x: left - 120, y: first?.position.y ?? 0 };
  const last = old.get(entryId);
  if (
    last?.type === 'entry' &&
    last.data.role === role &&
    last.position.x === position.x &&
    last.position.y === position.y
  ) {
    return last;
  }
  return {
    id: entryId,
    type: 'entry',
    position,
    data: { role },
    draggable: false,
    deletable: false,
    selectable: false,
  };
}

function wire(
  edge: DocumentEdge,
  fromEntry: boolean,
  source: FlowNode | undefined,
  lanes: Map<string, number>,
): FlowEdge {
  const port =
    source?.type === 'card'
      ? source.data.ports.find((each) => each.direction === 'OUT' && each.name === sourcePort(edge))
      : undefined;
  const transition = source?.type === 'card' && source.data.kind.level === 'TASK';
  const pair = `${edge.source}\n${edge.target}`;
  const lane = lanes.get(pair) ?? 0;
  lanes.set(pair, lane + 1);
  return {
    id: edge.id,
    type: 'wire',
    source: fromEntry ? entryId : edge.source,
    sourceHandle: fromEntry ? 'out' : sourcePort(edge),
    target: edge.target,
    targetHandle: targetPort(edge),
    data: {
      text: transition ? transitionText(edge) : textOf(edge.data, 'label'),
      floating: port?.many ?? false,
      lane,
      transition,
    },
  };
}

/** A task begins in its first state: drawn, but no edge of the document. */
function initial(container: DocumentNode, cards: FlowNode[]): FlowEdge[] {
  const name = textOf(container.data, 'initial');
  const first = cards.find(
    (each) =>
      each.type === 'card' &&
      name !== '' &&
      (textOf(each.data.node.data, 'name') || each.id) === name,
  );
  if (!first) return [];
  return [
    {
      id: '#initial',
      type: 'wire',
      source: entryId,
      sourceHandle: 'out',
      target: first.id,
      targetHandle: 'in',
      deletable: false,
      selectable: false,
      data: { text: '', floating: false, lane: 0, transition: true },
    },
  ];
}

function keep(old: Map<string, FlowEdge>, now: FlowEdge): FlowEdge {
  const last = old.get(now.id);
  const same =
    last !== undefined &&
    last.source === now.source &&
    last.sourceHandle === now.sourceHandle &&
    last.target === now.target &&
    last.targetHandle === now.targetHandle &&
    JSON.stringify(last.data) === JSON.stringify(now.data);
  return same ? last : now;
}
