import { type RefObject, useEffect } from 'react';
import type { RasterView } from './view';

const clickPx = 4;

/** Mouse, pen, fingers and wheel on a raster. A click that is no drag chooses a time. */
export function usePointer(
  canvas: RefObject<HTMLCanvasElement | null>,
  view: RasterView,
  onSeek: ((at: number) => void) | undefined,
): void {
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const down = new Map<number, number>();
    let travelled = 0;
    const xOf = (event: MouseEvent) => event.clientX - element.getBoundingClientRect().left;

    const press = (event: PointerEvent) => {
      element.setPointerCapture(event.pointerId);
      down.set(event.pointerId, xOf(event));
      travelled = 0;
    };
    const move = (event: PointerEvent) => {
      const x = xOf(event);
      const before = down.get(event.pointerId);
      view.setCursor(view.timeAt(x));
      if (before === undefined) return;
      down.set(event.pointerId, x);
      travelled += Math.abs(x - before);
      if (down.size === 1) {
        if (travelled > clickPx) view.panBy(before - x);
        return;
      }
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1] ?? x;
      const apart = Math.abs(x - other);
      const was = Math.abs(before - other);
      if (apart > 8 && was > 8) view.zoomAt(was / apart, (x + other) / 2);
    };
    const release = (event: PointerEvent) => {
      if (down.delete(event.pointerId) && travelled <= clickPx && event.type === 'pointerup') {
        onSeek?.(view.timeAt(xOf(event)));
      }
    };
    const leave = () => view.setCursor(null);
    const wheel = (event: WheelEvent) => {
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      const focused = element.parentElement?.contains(document.activeElement) ?? false;
      // A page that only scrolls by is not to be held up.
      if (!sideways && !event.ctrlKey && !event.metaKey && !focused) return;
      event.preventDefault();
      if (sideways) view.panBy(event.deltaX || event.deltaY);
      else view.zoomAt(1.0015 ** event.deltaY, xOf(event));
    };

    element.addEventListener('pointerdown', press);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', release);
    element.addEventListener('pointercancel', release);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', press);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', release);
      element.removeEventListener('pointercancel', release);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('wheel', wheel);
    };
  }, [canvas, view, onSeek]);
}
