import type { EditorStore } from '../model/store';

/**
 * The first save of a drawing leads to the page of its protocol. The editor goes there as it is:
 * with its undo, and the container that is open.
 */
let kept: { id: string; store: EditorStore } | null = null;

export function handOver(id: string, store: EditorStore): void {
  kept = { id, store };
}

export const handedOver = (id: string): EditorStore | undefined =>
  kept?.id === id ? kept.store : undefined;

/** It was taken: whoever comes to the page later begins anew. */
export function takenOver(): void {
  kept = null;
}
