/** The element of a node on the canvas. */
export const nodeElement = (id: string): HTMLElement | null =>
  window.document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

const edgeElement = (id: string): SVGElement | null =>
  window.document.querySelector(`.react-flow__edge[data-id="${CSS.escape(id)}"]`);

/** Puts the keyboard on a node, when it is drawn. */
export function focusNode(id: string): void {
  focusSoon(() => nodeElement(id));
}

/** Puts the keyboard on a wire, when it is drawn. */
export function focusEdge(id: string): void {
  focusSoon(() => edgeElement(id));
}

/** Puts the keyboard on the first field of the form of what is selected. */
export function focusForm(): void {
  focusSoon(() =>
    window.document.querySelector<HTMLElement>(
      '#editor-form :is(input, textarea, [contenteditable="true"])',
    ),
  );
}

/** Puts the keyboard on what is selected, or on the first thing that is drawn. */
export function focusCanvas(state: {
  selectedNodes: readonly string[];
  selectedEdges: readonly string[];
}): void {
  const [node] = state.selectedNodes;
  const [edge] = state.selectedEdges;
  focusSoon(
    () =>
      (node !== undefined && nodeElement(node)) ||
      (edge !== undefined && edgeElement(edge)) ||
      window.document.querySelector<HTMLElement>('.react-flow__node-card'),
  );
}

/** A dialog that closes gives the focus back first, and what gets it must be drawn. */
export function focusSoon(find: () => HTMLElement | SVGElement | null): void {
  let left = 30;
  let waited = true;
  const look = () => {
    const closing = window.document.querySelector('[aria-modal="true"]') !== null;
    const element = closing || waited ? null : find();
    waited = closing;
    if (element) element.focus({ preventScroll: true });
    else if (--left > 0) setTimeout(look, 50);
  };
  look();
}
