/** The element of a node on the canvas. */
export const nodeElement = (id: string): HTMLElement | null =>
  window.document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

/** Puts the keyboard on a node, when it is drawn. */
export function focusNode(id: string): void {
  // A dialog that closes gives the focus back first, and the node must be drawn.
  setTimeout(() => nodeElement(id)?.focus({ preventScroll: true }), 60);
}
