import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useEditor } from '../context';
import { align, autoLayout, distribute, type Edge } from '../model/arrange';
import type { DocumentNode } from '../model/document';
import { moveNodes } from '../model/operations';

const guess = { width: 190, height: 60 };

/** Order on the canvas, with the sizes that nodes are drawn in. */
export function useArrange() {
  const { store } = useEditor();
  const { getNode, fitView } = useReactFlow();
  return useMemo(() => {
    const sizeOf = (node: DocumentNode) => {
      const measured = getNode(node.id)?.measured;
      return {
        width: measured?.width ?? guess.width,
        height: measured?.height ?? guess.height,
      };
    };
    const chosen = () => {
      const { document, selectedNodes } = store.getState();
      return document.nodes.filter((node) => selectedNodes.includes(node.id));
    };
    const { edit } = store.getState();
    return {
      all: () => {
        edit((now) => moveNodes(now, autoLayout(now, store.getState().inside, sizeOf)));
        requestAnimationFrame(() => void fitView({ maxZoom: 1, padding: 0.2 }));
      },
      align: (edge: Edge) => edit((now) => moveNodes(now, align(chosen(), edge, sizeOf))),
      distribute: (axis: 'x' | 'y') =>
        edit((now) => moveNodes(now, distribute(chosen(), axis, sizeOf))),
    };
  }, [store, getNode, fitView]);
}
