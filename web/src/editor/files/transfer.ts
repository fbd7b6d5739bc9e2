import type { ProtocolDocument } from '../model/document';
import { documentShape, pathText } from '../model/shape';

/** The format of documents that this editor draws. */
const format = 1;

/** Why a file is not a protocol: a key of the catalogue of texts, with what it fills in. */
export interface Refusal {
  why: 'notJson' | 'notProtocol' | 'noNodes' | 'later' | 'misshapen';
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
  const about = value as { kind?: unknown; format?: unknown } | null;
  if (typeof about !== 'object' || about?.kind !== 'lics.protocol') {
    return { why: 'notProtocol', detail: '' };
  }
  if (typeof about.format === 'number' && about.format > format) {
    return { why: 'later', detail: String(about.format) };
  }
  const read = documentShape.safeParse(value);
  if (read.success) return read.data as unknown as ProtocolDocument;
  const [first] = read.error.issues;
  if (!first || first.path[0] === 'nodes') return { why: 'noNodes', detail: '' };
  return { why: 'misshapen', detail: `${pathText(first.path)}: ${first.message}` };
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
  // The browser reads it after the click, and does not say when it has.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
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
