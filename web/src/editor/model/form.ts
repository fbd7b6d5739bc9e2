import type { Data, Json } from './document';

/** What the server's schema says about one field, in the form an editor needs. */
export interface FieldSchema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  title?: string;
  description?: string;
  'x-unit'?: string;
  'x-lics'?: { kind: FormKind; type?: string };
  /** Of an object: the field whose value decides which others apply, and which for each value. */
  'x-lics-fields'?: { by: string; fields: Record<string, string[]> };
  enum?: string[];
  examples?: Json[];
  default?: Json;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: string[];
  additionalProperties?: boolean | FieldSchema;
  $ref?: string;
  $defs?: Record<string, FieldSchema>;
}

/** What a text names, or that it is an expression. */
export type FormKind =
  | 'expression'
  | 'template'
  | 'role'
  | 'channel'
  | 'variable'
  | 'stream'
  | 'timer'
  | 'event'
  | 'state'
  | 'type'
  /** A value of any type, written as JSON; what is not JSON is a text. */
  | 'value'
  /** The name of what is declared here. */
  | 'declares';

/** Follows a reference to a named schema of the same document. */
export function resolve(schema: FieldSchema, root: FieldSchema): FieldSchema {
  const name = schema.$ref?.replace('#/$defs/', '');
  return (name !== undefined && root.$defs?.[name]) || schema;
}

/** The same object without what is empty, so that a document stays short. */
export function withField(data: Data, field: string, value: Json | undefined): Data {
  const { [field]: _, ...rest } = data;
  const empty =
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);
  if (empty) return rest;
  return field in data
    ? Object.fromEntries(
        Object.entries(data).map(([key, old]) => [key, key === field ? value : old]),
      )
    : { ...data, [field]: value };
}

/** A new item of a list: what must be given is there, and empty. */
export function newItem(schema: FieldSchema): Json {
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => {
          const field = schema.properties?.[name];
          return [name, field?.enum?.[0] ?? (field?.type === 'array' ? [] : '')];
        }),
      );
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return 0;
    default:
      return '';
  }
}

/** What a person means who writes a value: JSON when it is some, a text otherwise. */
export function readValue(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** A value as readValue reads it back. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' && readValue(value) === value ? value : JSON.stringify(value);
}

/**
 * The fields of an object that are shown: those that apply to what was chosen,
 * and those that hold something all the same, so that it can be taken out.
 */
export function shownFields(schema: FieldSchema, data: Data): string[] {
  const all = Object.keys(schema.properties ?? {});
  const rule = schema['x-lics-fields'];
  if (!rule) return all;
  const known = new Set(Object.values(rule.fields).flat());
  const chosen = data[rule.by];
  const applying = typeof chosen === 'string' ? rule.fields[chosen] : undefined;
  return all.filter(
    (field) => !known.has(field) || applying?.includes(field) || (data[field] ?? '') !== '',
  );
}
