import { type Catalogue, kindOf, type Port, portsOf } from './catalogue';
import { type DocumentNode, type ProtocolDocument, sourcePort } from './document';

/** A wire somebody is about to draw. */
export interface Connection {
  source: string;
  sourceHandle: string;
  target: string;
  targetHandle: string;
}

/**
 * Why a wire cannot be drawn: a key of the catalogue of texts, with what it
 * fills in. The server's check has the last word; this one answers while the
 * pointer is still down.
 */
export interface WhyNot {
  reason:
    | 'missing'
    | 'noSourcePort'
    | 'noTargetPort'
    | 'taken'
    | 'exists'
    | 'self'
    | 'bodyInside'
    | 'leavesContainer'
    | 'backward';
  values: { node: string; port: string };
}

const nothing = { node: '', port: '' };

/** The body of a loop begins at this port. */
const bodyPort = 'body';

/** null when the wire may be drawn. */
export function whyNot(
  catalogue: Catalogue,
  document: ProtocolDocument,
  wire: Connection,
): WhyNot | null {
  const source = document.nodes.find((node) => node.id === wire.source);
  const target = document.nodes.find((node) => node.id === wire.target);
  if (!source || !target) return { reason: 'missing', values: nothing };
  const from = findPort(portsOf(catalogue, document, source), 'OUT', wire.sourceHandle);
  if (!from) {
    return { reason: 'noSourcePort', values: { node: source.id, port: wire.sourceHandle } };
  }
  const to = findPort(portsOf(catalogue, document, target), 'IN', wire.targetHandle);
  if (!to) {
    return { reason: 'noTargetPort', values: { node: target.id, port: wire.targetHandle } };
  }
  const place = wrongPlace(catalogue, source, target, from);
  if (place) return place;
  const leaving = document.edges.filter(
    (edge) => edge.source === source.id && sourcePort(edge) === from.name,
  );
  if (!from.many && leaving.length > 0) {
    return leaving.some((edge) => edge.target === target.id)
      ? { reason: 'exists', values: nothing }
      : { reason: 'taken', values: { node: source.id, port: from.label } };
  }
  if (kindOf(catalogue, source).level === 'TASK') return null; // states may go round
  if (source.id === target.id) return { reason: 'self', values: nothing };
  if (reaches(document, target.id, source.id)) return { reason: 'backward', values: nothing };
  return null;
}

function findPort(ports: Port[], direction: Port['direction'], name: string): Port | undefined {
  return ports.find((port) => port.direction === direction && port.name === name);
}

function wrongPlace(
  catalogue: Catalogue,
  source: DocumentNode,
  target: DocumentNode,
  from: Port,
): WhyNot | null {
  const kind = kindOf(catalogue, source);
  if (kind.container && kind.type !== 'task' && from.name === bodyPort) {
    return target.parent === source.id
      ? null
      : { reason: 'bodyInside', values: { node: source.id, port: '' } };
  }
  return target.parent === source.parent ? null : { reason: 'leavesContainer', values: nothing };
}

/** Whether a path along the wires leads from one node to another. */
export function reaches(document: ProtocolDocument, from: string, to: string): boolean {
  const next = new Map<string, string[]>();
  for (const edge of document.edges) {
    next.set(edge.source, [...(next.get(edge.source) ?? []), edge.target]);
  }
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(next.get(id) ?? []));
  }
  return false;
}

/** Every wire that could be drawn from a port, for the keyboard and for quick-add. */
export function targetsOf(
  catalogue: Catalogue,
  document: ProtocolDocument,
  source: string,
  sourceHandle: string,
): Connection[] {
  return document.nodes.flatMap((node) =>
    portsOf(catalogue, document, node)
      .filter((port) => port.direction === 'IN')
      .map((port) => ({ source, sourceHandle, target: node.id, targetHandle: port.name }))
      .filter((wire) => whyNot(catalogue, document, wire) === null),
  );
}
