/**
 * A protocol document, format 1: what the server parses, checks and compiles
 * (docs/protocol-format.md). Everything here is plain JSON and never mutated.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Data = { [key: string]: Json };

export interface ProtocolDocument {
  kind: 'lics.protocol';
  format: 1;
  name: string;
  description?: string;
  reference?: string;
  roles?: Role[];
  parameters?: Parameter[];
  variables?: Variable[];
  nodes: DocumentNode[];
  edges: DocumentEdge[];
  notes?: Note[];
  groups?: Group[];
  metadata?: Data;
}

export interface Role {
  name: string;
  label?: string;
  channels?: Channel[];
}

export interface Channel {
  name: string;
  direction: 'in' | 'out';
  rising?: string;
  falling?: string;
  label?: string;
}

export interface Parameter {
  name: string;
  type: string;
  default?: Json;
  label?: string;
  help?: string;
  unit?: string;
  minimum?: number;
  maximum?: number;
  options?: Json[];
  live?: boolean;
}

export interface Variable {
  name: string;
  type: string;
  initial?: string;
  help?: string;
}

/** Relative to the parent, in pixels; width and height are a container's. */
export interface Position {
  x: number;
  y: number;
  width?: number;
  height?: number;
}

export interface DocumentNode {
  id: string;
  type: string;
  position: Position;
  parent?: string;
  data?: Data;
}

export interface DocumentEdge {
  id: string;
  source: string;
  sourceHandle?: string;
  target: string;
  targetHandle?: string;
  data?: Data;
}

export type NoteColor = 'yellow' | 'blue' | 'green' | 'red' | 'grey';

/** A sticky note: words about the drawing, without a meaning. */
export interface Note {
  id: string;
  text: string;
  position: Position;
  parent?: string;
  color?: NoteColor;
}

/** A frame with a title around nodes and notes of one place. It stands where they stand. */
export interface Group {
  id: string;
  title?: string;
  nodes?: string[];
  notes?: string[];
  color?: NoteColor;
}

export function emptyDocument(name: string): ProtocolDocument {
  return {
    kind: 'lics.protocol',
    format: 1,
    name,
    roles: [{ name: 'box', channels: [] }],
    nodes: [
      { id: 'start', type: 'start', position: { x: 0, y: 0 } },
      { id: 'end', type: 'end', position: { x: 480, y: 0 }, data: { outcome: 'completed' } },
    ],
    edges: [],
  };
}

/** The port an edge leaves, with the format's default filled in. */
export const sourcePort = (edge: DocumentEdge): string => edge.sourceHandle || 'out';

/** The port an edge arrives at, with the format's default filled in. */
export const targetPort = (edge: DocumentEdge): string => edge.targetHandle || 'in';

/** A text of a node's or an edge's data, empty when it is something else. */
export function textOf(data: Data | undefined, field: string): string {
  const value = data?.[field];
  return typeof value === 'string' ? value : '';
}

/** An object, and not a list. */
export const isData = (value: Json | undefined): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
