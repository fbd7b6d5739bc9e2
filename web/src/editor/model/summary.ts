import type { Kind } from './catalogue';
import type { Data, DocumentEdge, DocumentNode, Json } from './document';
import { textOf } from './document';

/** Fields that every node has and that have no meaning for what it does. */
const forPeople = new Set(['label', 'note', 'name']);

/** What a node is called on the canvas: a state by what is recorded, a step by what it is. */
export function titleOf(kind: Kind, node: DocumentNode): string {
  const { data } = node;
  return (
    textOf(data, 'label') ||
    textOf(data, 'name') ||
    textOf(data, 'title') ||
    (kind.level === 'TASK' ? node.id : kind.label)
  );
}

/** The first things a node's data says, in the order of its form. */
export function summaryOf(kind: Kind, node: DocumentNode, most = 3): string[] {
  const data = node.data ?? {};
  return fieldsOf(kind.schema)
    .filter((field) => !forPeople.has(field) && field !== 'title')
    .flatMap((field) => {
      const text = brief(data[field]);
      return text ? [text] : [];
    })
    .slice(0, most);
}

/** The fields of a schema of an object, in its order. */
export function fieldsOf(schema: Json): string[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [];
  const properties = schema.properties;
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return [];
  return Object.keys(properties);
}

function brief(value: Json | undefined): string {
  if (value === undefined || value === null || value === false || value === '') return '';
  if (value === true) return '';
  if (Array.isArray(value)) {
    const parts = value.map(briefItem).filter(Boolean);
    return parts.length > 3
      ? `${parts.slice(0, 3).join(', ')} +${parts.length - 3}`
      : parts.join(', ');
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .flatMap(([key, inner]) => (typeof inner === 'object' ? [] : [`${key} ${String(inner)}`]))
      .join(', ');
  }
  return String(value);
}

/** An item of a list by the first text in it: the channel of an output, the port of a case. */
function briefItem(item: Json): string {
  if (typeof item !== 'object' || item === null) return String(item);
  if (Array.isArray(item)) return '';
  const texts = Object.values(item).filter((value): value is string => typeof value === 'string');
  return texts.slice(0, 2).join(' ');
}

/** A transition as a state diagram writes it: event [guard] / actions. */
export function transitionText(edge: DocumentEdge): string {
  const data: Data = edge.data ?? {};
  const events = [
    textOf(data, 'event'),
    ...(Array.isArray(data.events) ? data.events.filter((each) => typeof each === 'string') : []),
  ].filter(Boolean);
  const guard = textOf(data, 'guard');
  const actions = Array.isArray(data.actions) ? data.actions.map(briefItem).filter(Boolean) : [];
  return [
    textOf(data, 'label') || events.join(', '),
    guard && `[${guard}]`,
    actions.length > 0 &&
      `/ ${actions.length > 2 ? `${actions.slice(0, 2).join('; ')} …` : actions.join('; ')}`,
  ]
    .filter(Boolean)
    .join(' ');
}
