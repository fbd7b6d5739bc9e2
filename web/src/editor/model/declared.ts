import { type Catalogue, isTask, kindOf } from './catalogue';
import {
  type Data,
  type DocumentNode,
  isData,
  type Json,
  type ProtocolDocument,
  textOf,
} from './document';
import { type FieldSchema, resolve } from './form';
import { pathTo } from './tree';

/** A thing that a protocol declares, as it is called now. */
export interface Declared {
  what: 'role' | 'channel' | 'parameter' | 'variable';
  /** Of a channel. */
  role: string;
  /** Of a channel: its edges have names of their own, which stay. */
  rising: boolean;
  falling: boolean;
}

/** What is declared at a path of the document, such as `roles[0].channels[1].name`. */
export function declaredAt(document: ProtocolDocument, path: string): Declared | null {
  const found = /^(roles|parameters|variables)\[(\d+)\](?:\.channels\[(\d+)\])?\.name$/.exec(path);
  if (!found) return null;
  const thing = { role: '', rising: false, falling: false };
  if (found[1] === 'parameters') return { ...thing, what: 'parameter' };
  if (found[1] === 'variables') return { ...thing, what: 'variable' };
  if (found[3] === undefined) return { ...thing, what: 'role' };
  const role = document.roles?.[Number(found[2])];
  const channel = role?.channels?.[Number(found[3])];
  if (!role || !channel) return null;
  const { rising, falling } = channel;
  return { what: 'channel', role: role.name, rising: !!rising, falling: !!falling };
}

/** Whether so many things of its kind have a name; parameters and variables share theirs. */
export function isDeclared(
  { roles = [], parameters = [], variables = [] }: ProtocolDocument,
  { what, role }: Declared,
  name: string,
  times?: number,
): boolean {
  const among =
    what === 'role'
      ? roles
      : what === 'channel'
        ? (roles.find((each) => each.name === role)?.channels ?? [])
        : [...parameters, ...variables];
  const found = among.filter((each) => each.name === name).length;
  return times === undefined ? found > 0 : found === times;
}

interface Place {
  /** The task whose program it is part of; undefined in the session. */
  task: DocumentNode | undefined;
  /** The device it is about. */
  role: string;
}

type Form = NonNullable<FieldSchema['x-lics']>;

/**
 * Lets everything that names a declared thing follow it to another name: fields that choose it,
 * and expressions that read it. What means something else of the same name stays. Gives how many
 * fields were changed.
 */
export function followDeclared(
  catalogue: Catalogue,
  transition: FieldSchema,
  document: ProtocolDocument,
  declared: Declared,
  [from, to]: readonly [string, string],
): { document: ProtocolDocument; count: number } {
  let count = 0;
  const follow = (text: string, form: Form, place: Place): string => {
    const next = renamed(declared, from, to, text, form, place);
    if (next !== text) count++;
    return next;
  };
  const soleRole = document.roles?.length === 1 ? (document.roles[0]?.name ?? '') : '';
  const placeOf = (node: DocumentNode): Place => {
    const task = pathTo(document, node.parent).findLast((each) => isTask(kindOf(catalogue, each)));
    return { task, role: textOf((task ?? node).data, 'role') || soleRole };
  };
  const byId = new Map(document.nodes.map((node) => [node.id, node]));
  const nodes = document.nodes.map((node) => {
    const kind = kindOf(catalogue, node);
    const schema = kind.schema as FieldSchema;
    const place = placeOf(node);
    const inside = isTask(kind) ? { ...place, task: node } : place;
    const data = mapFields(node.data, (field, value) =>
      // The session computes the parameters of a task, and keeps its results.
      mapTexts(value, schema.properties?.[field], schema, (text, form) =>
        follow(text, form, ['parameters', 'results', 'role'].includes(field) ? place : inside),
      ),
    );
    return data === node.data ? node : { ...node, ...(data && { data }) };
  });
  const edges = document.edges.map((edge) => {
    const source = byId.get(edge.source);
    const place = source && placeOf(source);
    if (!place?.task) return edge;
    const data = mapFields(edge.data, (field, value) =>
      mapTexts(value, transition.properties?.[field], transition, (text, form) =>
        follow(text, form, place),
      ),
    );
    return data === edge.data ? edge : { ...edge, ...(data && { data }) };
  });
  const variables = document.variables?.map((variable) =>
    variable.initial
      ? {
          ...variable,
          initial: follow(variable.initial, { kind: 'expression' }, { task: undefined, role: '' }),
        }
      : variable,
  );
  return { document: { ...document, ...(variables && { variables }), nodes, edges }, count };
}

/** A text as it is after the renaming, by what its field holds. */
function renamed(
  { what, role, rising, falling }: Declared,
  from: string,
  to: string,
  text: string,
  form: Form,
  place: Place,
): string {
  const here = what !== 'channel' || place.role === role;
  switch (form.kind) {
    case 'role':
      return what === 'role' && text === from ? to : text;
    case 'channel':
      return what === 'channel' && here && text === from ? to : text;
    case 'variable':
      return what === 'variable' && !place.task && text === from ? to : text;
    case 'event':
      if (what !== 'channel' || !here) return text;
      if (text === `${from}_in` && !rising) return `${to}_in`;
      return text === `${from}_out` && !falling ? `${to}_out` : text;
    case 'expression':
    case 'template': {
      const readable =
        what === 'parameter' ||
        (what === 'variable' && !place.task) ||
        (what === 'channel' && here && place.task !== undefined);
      if (!readable || (place.task && own(place.task).has(from))) return text;
      return form.kind === 'expression'
        ? inExpression(text, from, to)
        : text.replace(/\{[^}]*\}/g, (code) => inExpression(code, from, to));
    }
    default:
      return text;
  }
}

/** Names of a task that hide those of the protocol. */
function own(task: DocumentNode): Set<string> {
  const { variables, parameters } = task.data ?? {};
  return new Set([
    ...(Array.isArray(variables)
      ? variables.flatMap((each) => (isData(each) ? [textOf(each, 'name')] : []))
      : []),
    ...(isData(parameters) ? Object.keys(parameters) : []),
  ]);
}

/** Strings, fields of something and longer words stay as they are. */
function inExpression(text: string, from: string, to: string): string {
  return text.replace(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\.?[\p{L}_][\p{L}\p{N}_]*|\d[\p{L}\p{N}.]*/gu,
    (word) => (word === from ? to : word),
  );
}

function mapFields(
  data: Data | undefined,
  change: (field: string, value: Json) => Json,
): Data | undefined {
  if (!data) return data;
  let same = true;
  const next = Object.entries(data).map(([field, value]): [string, Json] => {
    const after = change(field, value);
    same &&= after === value;
    return [field, after];
  });
  return same ? data : Object.fromEntries(next);
}

/** Changes the texts of a value whose fields say what they hold; the same value when none does. */
function mapTexts(
  value: Json,
  schema: FieldSchema | undefined,
  root: FieldSchema,
  change: (text: string, form: Form) => string,
): Json {
  if (!schema) return value;
  const of = resolve(schema, root);
  if (Array.isArray(value)) {
    const next = value.map((each) => mapTexts(each, of.items, root, change));
    return next.every((each, index) => each === value[index]) ? value : next;
  }
  if (isData(value)) {
    const others =
      typeof of.additionalProperties === 'object' ? of.additionalProperties : undefined;
    return (
      mapFields(value, (field, inner) =>
        mapTexts(inner, of.properties?.[field] ?? others, root, change),
      ) ?? value
    );
  }
  return typeof value === 'string' && of['x-lics'] ? change(value, of['x-lics']) : value;
}
