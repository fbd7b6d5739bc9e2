import type { Data, DocumentNode, Json, ProtocolDocument } from './document';
import { isData, textOf } from './document';
import type { FieldSchema } from './form';
import { pathTo } from './tree';

/** What a place in a document can name: the task around it, and the protocol. */
export interface Scope {
  document: ProtocolDocument;
  /** The node or the source of the edge that is edited. */
  node: DocumentNode | undefined;
}

type Form = NonNullable<FieldSchema['x-lics']>;

/** The names a field accepts, in the order of the document. The server's check has the last word. */
export function namesFor(form: Form, scope: Scope): string[] {
  const { document } = scope;
  const task = taskAround(scope);
  switch (form.kind) {
    case 'role':
      return (document.roles ?? []).map((role) => role.name);
    case 'channel':
      return channels(scope, task)
        .filter((channel) => !form.type || channel.direction === form.type)
        .map((channel) => channel.name);
    case 'variable':
      return task ? namesIn(task.data, 'variables') : names(document.variables);
    case 'stream':
      return namesIn(task?.data, 'streams');
    case 'timer':
      return namesIn(task?.data, 'timers');
    case 'event':
      return eventsFor(scope, task);
    case 'state':
      return statesOf(document, scope.node?.type === 'task' ? scope.node : task);
    case 'type':
      return types;
    default:
      return [];
  }
}

const scalar = ['bool', 'int', 'float', 'string', 'duration'];
const types = [...scalar, ...scalar.map((each) => `list<${each}>`)];

/** What an expression can read at a place. */
export function readable(
  scope: Scope,
): { name: string; what: 'parameter' | 'variable' | 'channel' | 'built in' }[] {
  const { document } = scope;
  const task = taskAround(scope);
  const parameters = names(document.parameters).map((name) => ({
    name,
    what: 'parameter' as const,
  }));
  if (!task) {
    return [
      ...parameters,
      ...names(document.variables).map((name) => ({ name, what: 'variable' as const })),
    ];
  }
  const given = task.data?.parameters;
  return [
    ...namesIn(task.data, 'variables').map((name) => ({ name, what: 'variable' as const })),
    ...(isData(given)
      ? Object.keys(given).map((name) => ({ name, what: 'parameter' as const }))
      : []),
    ...parameters,
    ...channels(scope, task)
      .filter((channel) => channel.direction === 'in')
      .map(({ name }) => ({ name, what: 'channel' as const })),
    ...['event', 'trial', 'elapsed', 'in_state'].map((name) => ({
      name,
      what: 'built in' as const,
    })),
  ];
}

/** The task a node stands in, or that it is. */
function taskAround({ document, node }: Scope): DocumentNode | undefined {
  return node && pathTo(document, node.parent).findLast((each) => each.type === 'task');
}

function channels({ document, node }: Scope, task: DocumentNode | undefined) {
  const role = textOf((task ?? node)?.data, 'role');
  const roles = document.roles ?? [];
  const chosen =
    role === '' && roles.length === 1 ? roles : roles.filter((each) => each.name === role);
  return chosen.flatMap((each) => each.channels ?? []);
}

function eventsFor(scope: Scope, task: DocumentNode | undefined): string[] {
  const inputs = channels(scope, task)
    .filter((channel) => channel.direction === 'in')
    .flatMap((channel) => [
      channel.rising || `${channel.name}_in`,
      channel.falling || `${channel.name}_out`,
    ]);
  const raised = scope.document.nodes
    .filter((node) => task && node.parent === task.id)
    .flatMap((node) => raisedIn(node.data ?? {}));
  return [...new Set(['timeup', ...inputs, ...namesIn(task?.data, 'timers'), ...raised])];
}

/** Events that actions raise, wherever in the data they stand. */
function raisedIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(raisedIn);
  if (!isData(value)) return [];
  const own = [
    value.do === 'raise' ? textOf(value, 'event') : '',
    value.do === 'pulse' ? textOf(value, 'done') : '',
  ].filter(Boolean);
  return [...own, ...Object.values(value).flatMap(raisedIn)];
}

function statesOf(document: ProtocolDocument, task: DocumentNode | undefined): string[] {
  return document.nodes
    .filter((node) => task && node.parent === task.id && !['always', 'exit'].includes(node.type))
    .map((node) => textOf(node.data, 'name') || node.id);
}

const names = (list: readonly { name: string }[] | undefined): string[] =>
  (list ?? []).map((each) => each.name).filter(Boolean);

function namesIn(data: Data | undefined, field: string): string[] {
  const list = data?.[field];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => (isData(item) ? [textOf(item, 'name')] : [])).filter(Boolean);
}
