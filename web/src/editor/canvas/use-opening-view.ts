import { getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useEditor } from '../context';
import type { FlowEdge, FlowNode } from './flow';
import { boxAround, boxOf, many } from './guess';

const readable = 0.8;
/** On a phone, what is drawn smaller than this is not seen at once. */
const legible = 0.5;
const narrow = 600;

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
      const led = new Set(store.getState().document.edges.map((edge) => edge.target));
      const drawn = nodes.filter(({ type }) => type === 'card' || type === 'entry');
      const first = drawn.find((node) => !led.has(node.id)) ?? drawn[0];
      const { width, height } = canvas.getState();
      const all = boxAround(nodes.map(boxOf));
      const whole = getViewportForBounds(all, width, height, 0.05, 1, 0.2);
      const tooSmall = nodes.length > many || (width < narrow && whole.zoom < legible);
      if (!first || !tooSmall) return void fitView({ maxZoom: 1, padding: 0.2 });
      void setViewport({
        zoom: readable,
        x: width / 8 - first.position.x * readable,
        y:
          all.height * readable < height
            ? height / 2 - (all.y + all.height / 2) * readable
            : height / 3 - first.position.y * readable,
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [inside]);
}
