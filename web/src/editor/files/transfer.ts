import type { ProtocolDocument } from '../model/document';

/** Why a file is not a protocol: a key of the catalogue of texts, with what it fills in. */
export interface Refusal {
  why: 'notJson' | 'notProtocol' | 'noNodes';
  detail: string;
}

/** A document from the text of a file. Whether it is right is for the server to say. */
export function readDocument(text: string): ProtocolDocument | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { why: 'notJson', detail: error instanceof Error ? error.message : '' };
  }
  const document = value as Partial<ProtocolDocument> | null;
  if (typeof document !== 'object' || document?.kind !== 'lics.protocol') {
    return { why: 'notProtocol', detail: '' };
  }
  const drawn = Array.isArray(document.nodes) && document.nodes.every(canBeDrawn);
  if (!drawn) return { why: 'noNodes', detail: '' };
  return { ...(document as ProtocolDocument), edges: document.edges ?? [] };
}

/** A node somebody else's program wrote may lack everything. */
function canBeDrawn(value: unknown): boolean {
  const node = value as { id?: unknown; type?: unknown; position?: { x?: unknown; y?: unknown } };
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof node.id === 'string' &&
    typeof node.type === 'string' &&
    typeof node.position?.x === 'number' &&
    typeof node.position.y === 'number'
  );
}

export const fileName = (name: string): string =>
  `${name.trim().replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'protocol'}.json`;

/** Hands a document to the person as a file. */
export function download(document: ProtocolDocument): void {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(document, null, 2)}\n`], { type: 'application/json' }),
  );
  const link = window.document.createElement('a');
  link.href = url;
  link.download = fileName(document.name);
  link.click();
  URL.revokeObjectURL(url);
}

/** Lets the person choose a file; nothing happens when none is chosen. */
export function pickFile(onPick: (file: File) => void): void {
  const input = window.document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) onPick(file);
  };
  input.click();
}
