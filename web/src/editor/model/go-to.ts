import type { EditorStore, SideTab } from './store';

/** What somebody wants to see: a node, a wire, or a field of what the protocol declares. */
export interface Place {
  node: string;
  edge: string;
  field?: string;
}

/**
 * Opens the container that holds a node or an edge, and selects it; of what is declared, its form
 * is shown. Gives what is selected then.
 */
export function goTo(
  store: EditorStore,
  place: Place,
): { node: string } | { edge: string; between: string[] } | null {
  const { document, enter, select, show } = store.getState();
  const edge = document.edges.find((each) => place.edge !== '' && each.id === place.edge);
  const node = document.nodes.find((each) => each.id === (edge ? edge.target : place.node));
  if (!node) {
    const tab = tabOf(place.field ?? '');
    if (tab) show(tab);
    return null;
  }
  if (store.getState().inside !== node.parent) enter(node.parent);
  if (edge) {
    select([], [edge.id]);
    return { edge: edge.id, between: [edge.source, edge.target] };
  }
  select([node.id]);
  return { node: node.id };
}

/** Where a field of the document is changed. */
function tabOf(field: string): SideTab | undefined {
  const tabs: Record<string, SideTab> = {
    roles: 'roles',
    parameters: 'values',
    variables: 'values',
    description: 'about',
    reference: 'about',
  };
  return tabs[/^\w+/.exec(field)?.[0] ?? ''];
}
