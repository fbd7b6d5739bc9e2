import { z } from 'zod';

/**
 * What must be there of a document for the editor to draw it. Files, clips and drafts come from
 * anywhere; whether they are right beyond that is for the server to say.
 */
const data = z.record(z.string(), z.unknown()).optional();
/** A name may be missing while it is being written. */
const named = z.looseObject({ name: z.string().optional() });

const node = z.looseObject({
  id: z.string(),
  type: z.string(),
  position: z.looseObject({ x: z.number(), y: z.number() }),
  parent: z.string().optional(),
  data,
});
const edge = z.looseObject({
  id: z.string(),
  source: z.string(),
  target: z.string(),
  sourceHandle: z.string().optional(),
  targetHandle: z.string().optional(),
  data,
});

const annotations = {
  notes: z
    .array(
      z.looseObject({
        id: z.string(),
        text: z.string(),
        position: z.looseObject({ x: z.number(), y: z.number() }),
        parent: z.string().optional(),
      }),
    )
    .optional(),
  groups: z
    .array(
      z.looseObject({
        id: z.string(),
        nodes: z.array(z.string()).optional(),
        notes: z.array(z.string()).optional(),
      }),
    )
    .optional(),
};

export const documentShape = z.looseObject({
  kind: z.literal('lics.protocol'),
  name: z.string().default(''),
  roles: z.array(named.extend({ channels: z.array(named).optional() })).optional(),
  parameters: z.array(named).optional(),
  variables: z.array(named).optional(),
  nodes: z.array(node),
  edges: z.array(edge).default([]),
  ...annotations,
});

export const clipShape = z.looseObject({
  kind: z.literal('lics.clip'),
  nodes: z.array(node),
  edges: z.array(edge),
  ...annotations,
});

/** Where in a document something is, as diagnostics write it: `roles[0].name`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
