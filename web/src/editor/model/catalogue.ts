import type { Data, DocumentNode, Json, ProtocolDocument } from './document';
import { isData, textOf } from './document';

export type Level = 'SESSION' | 'TASK';

/** A kind of node as the server's catalogue describes it. */
export interface Kind {
  type: string;
  level: Level;
  container: boolean;
  /** It cannot stand in the body of a loop. */
  top: boolean;
  label: string;
  icon: string;
  group: string;
  help: string;
  standard: { term: string; source: string };
  ports: readonly PortRule[];
  schema: Json;
}

/** A place of a node for wires, or a rule that gives several. Empty texts do not apply. */
export interface PortRule {
  name: string;
  label: string;
  direction: 'IN' | 'OUT';
  optional: boolean;
  many: boolean;
  /** Inside a task: wires that leave it say which event they answer. */
  answers: boolean;
  each: string;
  when: string;
  unless: string;
}

export interface Port {
  name: string;
  label: string;
  direction: 'IN' | 'OUT';
  optional: boolean;
  many: boolean;
  answers: boolean;
}

export type Catalogue = ReadonlyMap<string, Kind>;

export function catalogueOf(kinds: readonly Kind[]): Catalogue {
  return new Map(kinds.map((kind) => [kind.type, kind]));
}

/** Stands for a kind this server does not know, so that its node can still be seen and removed. */
export function unknownKind(type: string): Kind {
  return {
    type,
    level: 'SESSION',
    container: false,
    top: false,
    label: type,
    icon: 'question-mark',
    group: '',
    help: '',
    standard: { term: '', source: '' },
    ports: [],
    schema: {},
  };
}

export function kindOf(catalogue: Catalogue, node: DocumentNode): Kind {
  return catalogue.get(node.type) ?? unknownKind(node.type);
}

/** The kinds whose children run on a device: states stand in them. */
export const isTask = (kind: Kind): boolean => kind.container && kind.type === 'task';

/** The ports of a node. Rules are data, so a new kind of node needs no code here. */
export function portsOf(
  catalogue: Catalogue,
  document: ProtocolDocument,
  node: DocumentNode,
): Port[] {
  const data = node.data ?? {};
  return kindOf(catalogue, node).ports.flatMap((rule) => {
    if ((rule.when && isEmpty(data[rule.when])) || (rule.unless && !isEmpty(data[rule.unless]))) {
      return [];
    }
    if (!rule.each) return [port(rule, rule.name, rule.label || rule.name)];
    const children = /^children:(.+)$/.exec(rule.each);
    const names = children
      ? childNames(document, node.id, children[1] ?? '')
      : namesAt(data, rule.each);
    return [...new Set(names)].map((name) => port(rule, name, name));
  });
}

/** The port one goes on from when nobody says which: never one for what goes wrong. */
export function wayOn(ports: readonly Port[]): Port | undefined {
  const exits = ports.filter((each) => each.direction === 'OUT');
  return exits.find((each) => !each.optional) ?? exits.find((each) => each.name === 'out');
}

function port(rule: PortRule, name: string, label: string): Port {
  const { direction, optional, many, answers } = rule;
  return { name, label, direction, optional, many, answers };
}

function childNames(document: ProtocolDocument, parent: string, type: string): string[] {
  return document.nodes
    .filter((node) => node.parent === parent && node.type === type)
    .map((node) => textOf(node.data, 'name') || node.id);
}

/** The texts at a path of the data: `branches`, or `cases[].port`. */
function namesAt(data: Data, path: string): string[] {
  const [field = '', inner] = path.split('[].');
  const list = data[field];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => {
    const value = inner === undefined ? item : isData(item) ? item[inner] : undefined;
    return typeof value === 'string' ? [value] : [];
  });
}

/** Empty in the sense of the port rules: absent, blank, or holding only empty things. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  if (isData(value)) return Object.values(value).every(isEmpty);
  return false;
}
