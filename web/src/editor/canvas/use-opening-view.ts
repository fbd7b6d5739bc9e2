import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useEditor } from '../context';
import type { FlowEdge, FlowNode } from './flow';
import { many } from './guess';

const readable = 0.8;

/**
 * What is seen first when a level is opened: all of it, or the beginning of one
 * that would be too small to read.
 */
export function useOpeningView(inside: string | undefined): void {
  const { store } = useEditor();
  const { fitView, setViewport, getNodes } = useReactFlow<FlowNode, FlowEdge>();
  const canvas = useStoreApi();
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another container is opened
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const nodes = getNodes();
      if (nodes.length <= many) return void fitView({ maxZoom: 1, padding: 0.2 });
      const led = new Set(store.getState().document.edges.map((edge) => edge.target));
      const first = nodes.find((node) => !led.has(node.id)) ?? nodes[0];
      const { width, height } = canvas.getState();
      if (!first) return;
      void setViewport({
        zoom: readable,
        x: width / 8 - first.position.x * readable,
        y: height / 3 - first.position.y * readable,
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [inside]);
}
