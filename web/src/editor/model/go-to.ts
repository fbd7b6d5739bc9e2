import type { EditorStore } from './store';

/** Opens the container that holds a node or an edge, and selects it. */
export function goTo(store: EditorStore, place: { node: string; edge: string }): void {
  const { document, enter, select } = store.getState();
  const edge = document.edges.find((each) => place.edge !== '' && each.id === place.edge);
  const node = document.nodes.find((each) => each.id === (edge ? edge.target : place.node));
  if (!node) return;
  if (store.getState().inside !== node.parent) enter(node.parent);
  if (edge) select([], [edge.id]);
  else select([node.id]);
}
