import { useComputedColorScheme } from '@mantine/core';
import {
  type KeyboardEvent,
  memo,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Controls } from './controls';
import { GapList } from './gap-list';
import { HappeningTable } from './happening-table';
import { Labels } from './labels';
import type { RasterModel } from './model';
import classes from './raster.module.css';
import { ReadOutLine } from './read-out-line';
import { usePointer } from './use-pointer';
import { RasterView } from './view';

interface Props {
  /** Filled by somebody else; another model is another raster (give it a key). */
  model: RasterModel;
  /** Where the present is, in the model's time. */
  edge: () => number;
  /** The present moves: one can follow it. */
  live: boolean;
  /** Where a replay is. */
  playhead?: number | null;
  /** A time was chosen, by a click or from event to event. */
  onSeek?: (at: number) => void;
}

/**
 * States, trials, inputs and outputs over time. The picture is a canvas that
 * reads the model once in a frame; React renders its frame only.
 */
export const Raster = memo(function Raster(props: Props) {
  const { model, edge, live, playhead = null, onSeek } = props;
  const { t } = useTranslation();
  const [view] = useState(() => new RasterView(model, edge, live));
  const state = useSyncExternalStore(view.subscribe, view.state);
  const scheme = useComputedColorScheme('light');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [table, setTable] = useState(false);
  const hint = useId();

  useEffect(() => (canvas.current ? view.attach(canvas.current) : undefined), [view]);
  useEffect(() => view.setColors(scheme), [view, scheme]);
  useEffect(() => view.setPlayhead(playhead), [view, playhead]);
  useEffect(() => {
    if (live) view.setFollowing(true);
    else view.showLoaded();
  }, [view, live]);
  usePointer(canvas, view, onSeek);

  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keyActions[event.key];
    if (!action) return;
    if (event.key === 'f' && !live) return;
    event.preventDefault();
    const at = action(view);
    if (typeof at === 'number') onSeek?.(at);
  };

  return (
    <section aria-label={t('plot.raster')}>
      <Controls
        view={view}
        live={live}
        following={state.following}
        table={table}
        onTable={setTable}
      />
      <div className={classes.scroll}>
        <Labels view={view} lanesVersion={state.lanesVersion} />
        <div
          className={classes.picture}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: so that it can be moved by key
          tabIndex={0}
          role="application"
          aria-label={t('plot.raster')}
          aria-describedby={hint}
          onKeyDown={keys}
        >
          <canvas ref={canvas} className={classes.canvas} />
          <p id={hint} hidden>
            {t('plot.hint')}
          </p>
        </div>
      </div>
      <ReadOutLine view={view} cursor={state.cursor ?? playhead} />
      <GapList model={model} />
      {table ? <HappeningTable model={model} /> : null}
    </section>
  );
});

const keyActions: Record<string, (view: RasterView) => number | null | undefined> = {
  ArrowLeft: (view) => void view.panBy(-80),
  ArrowRight: (view) => void view.panBy(80),
  '+': (view) => void view.zoomAt(1 / 1.5),
  '=': (view) => void view.zoomAt(1 / 1.5),
  '-': (view) => void view.zoomAt(1.5),
  '0': (view) => void view.showAll(),
  f: (view) => void view.setFollowing(true),
  ',': (view) => view.step(-1),
  '.': (view) => view.step(1),
};
