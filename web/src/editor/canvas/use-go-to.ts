import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { useEditor } from '../context';
import { goTo, type Place } from '../model/go-to';
import { focusEdge, focusNode } from './focus-node';

/** Leads to a place of the drawing: it is opened, selected and brought into view. */
export function useGoTo(): (place: Place, focus?: boolean) => void {
  const { store } = useEditor();
  const { getNodesBounds, getZoom, setCenter, getNode } = useReactFlow();
  const canvas = useStoreApi();
  return useCallback(
    (place, focus = false) => {
      const other = store.getState().inside;
      const met = goTo(store, place);
      if (!met) return;
      const show = () => {
        const nodes = ('node' in met ? [met.node] : met.between).filter((id) => getNode(id));
        if (nodes.length > 0) {
          const bounds = getNodesBounds(nodes);
          const { transform, width, height } = canvas.getState();
          const [x, y, zoom] = transform;
          const seen =
            bounds.x * zoom + x >= 0 &&
            bounds.y * zoom + y >= 0 &&
            (bounds.x + bounds.width) * zoom + x <= width &&
            (bounds.y + bounds.height) * zoom + y <= height;
          if (!seen) {
            void setCenter(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2, {
              zoom: Math.max(getZoom(), readable),
            });
          }
        }
        if (!focus) return;
        if ('node' in met) focusNode(met.node);
        else focusEdge(met.edge);
      };
      // A container that was just opened is drawn and fitted first.
      const frames = other === store.getState().inside ? 1 : 3;
      afterFrames(frames, show);
    },
    [store, canvas, getNodesBounds, getZoom, setCenter, getNode],
  );
}

/** A smaller scale cannot be read. */
const readable = 0.6;

function afterFrames(count: number, run: () => void): void {
  if (count === 0) run();
  else requestAnimationFrame(() => afterFrames(count - 1, run));
}
