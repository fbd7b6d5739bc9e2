import { draw } from './draw';
import { type Layout, layout } from './layout';
import type { RasterModel } from './model';
import { type Palette, palette } from './palette';
import { endAt, pan, show, toTime, type Window, zoom } from './window';

export interface ViewState {
  following: boolean;
  window: Window;
  cursor: number | null;
  lanesVersion: number;
}

/** Stays at the present, shows everything, or what a person chose. */
type Mode = 'follow' | 'all' | 'free';

/**
 * What a person looks at: the part of the time, the cursor, and the canvas it is
 * drawn on. It draws at most once in a frame, and only when something changed.
 */
export class RasterView {
  #window: Window = { from: 0, to: 60_000 };
  #mode: Mode;
  #cursor: number | null = null;
  #playhead: number | null = null;
  #colors: Palette = palette('light');
  #canvas: HTMLCanvasElement | null = null;
  #layout: Layout = layout([]);
  #width = 0;
  #drawn = '';
  #frame = 0;
  #touched = 0;
  readonly #listeners = new Set<() => void>();
  #state: ViewState;

  constructor(
    readonly model: RasterModel,
    /** Where the present is, in the model's time. */
    readonly edge: () => number,
    live: boolean,
  ) {
    this.#mode = live ? 'follow' : 'all';
    this.#state = this.#snapshot();
  }

  /** Draws on a canvas from now on. Returns what ends that. */
  attach(canvas: HTMLCanvasElement): () => void {
    this.#canvas = canvas;
    const size = new ResizeObserver(() => this.#measure());
    size.observe(canvas);
    this.#measure();
    const tick = () => {
      this.#paint();
      this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
    return () => {
      cancelAnimationFrame(this.#frame);
      size.disconnect();
      this.#canvas = null;
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly state = (): ViewState => this.#state;

  get window(): Window {
    return this.#window;
  }
  get layout(): Layout {
    return this.#layout;
  }

  setColors(scheme: 'light' | 'dark'): void {
    this.#colors = palette(scheme);
    this.#touch();
  }

  setPlayhead(at: number | null): void {
    this.#playhead = at;
    if (at !== null) this.#window = show(this.#window, at);
    this.#touch();
  }

  setCursor(at: number | null): void {
    if (at === this.#cursor) return;
    this.#cursor = at;
    this.#touch();
  }

  setFollowing(following: boolean): void {
    this.#mode = following ? 'follow' : 'free';
    this.#touch();
  }

  timeAt(x: number): number {
    return toTime(this.#window, x, this.#width);
  }

  /** Around a place on the canvas; while one follows, around the present. */
  zoomAt(factor: number, x = this.#width / 2): void {
    const around = this.#mode === 'follow' ? this.edge() : this.timeAt(x);
    this.#window = zoom(this.#window, factor, around);
    if (this.#mode === 'all') this.#mode = 'free';
    this.#touch();
  }

  panBy(pixels: number): void {
    this.#mode = 'free';
    const length = this.#window.to - this.#window.from;
    this.#window = pan(this.#window, (pixels / Math.max(this.#width, 1)) * length);
    this.#touch();
  }

  /** Everything that is loaded, and what is still to come. */
  showLoaded(): void {
    this.#mode = 'all';
    this.#fit();
    this.#touch();
  }

  /** Everything from the beginning on; what is not loaded comes little by little. */
  showAll(): void {
    if (this.model.older === null) {
      this.showLoaded();
      return;
    }
    const { to } = this.model;
    const margin = Math.max(to * 0.01, 5);
    this.showWindow({ from: -margin, to: to + margin });
  }

  #fit(): void {
    const { from, to } = this.model;
    if (from > to) return;
    const margin = Math.max((to - from) * 0.01, 5);
    this.#window = { from: from - margin, to: to + margin };
  }

  showWindow(window: Window): void {
    this.#window = window;
    this.#mode = 'free';
    this.#touch();
  }

  /** Moves the cursor to the next bar that begins, or the one before. */
  step(direction: 1 | -1): number | null {
    const from = this.#cursor ?? (direction > 0 ? this.#window.from : this.#window.to);
    let best: number | null = null;
    for (const { bars } of this.model.lanes) {
      let i = bars.firstAfter(from);
      if (direction > 0) {
        while (i < bars.count && bars.start(i) <= from) i++;
        if (i < bars.count && (best === null || bars.start(i) < best)) best = bars.start(i);
      } else {
        while (i > 0 && (i >= bars.count || bars.start(i) >= from)) i--;
        if (i < bars.count && bars.start(i) < from && (best === null || bars.start(i) > best)) {
          best = bars.start(i);
        }
      }
    }
    if (best === null) return null;
    this.#mode = 'free';
    this.#cursor = best;
    this.#window = show(this.#window, best);
    this.#touch();
    return best;
  }

  #touch(): void {
    this.#touched += 1;
    this.#state = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }

  #snapshot(): ViewState {
    return {
      following: this.#mode === 'follow',
      window: this.#window,
      cursor: this.#cursor,
      lanesVersion: this.model.lanesVersion,
    };
  }

  #measure(): void {
    const canvas = this.#canvas;
    if (!canvas) return;
    const ratio = window.devicePixelRatio || 1;
    this.#width = canvas.clientWidth;
    canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
    canvas.height = Math.max(1, Math.round(this.#layout.height * ratio));
    this.#touched += 1;
  }

  #paint(): void {
    const { model } = this;
    if (this.#state.lanesVersion !== model.lanesVersion || this.#layout.rows.length === 0) {
      const before = this.#layout.height;
      this.#layout = layout(model.lanes);
      if (this.#canvas) this.#canvas.style.height = `${this.#layout.height}px`;
      if (before !== this.#layout.height || this.#state.lanesVersion !== model.lanesVersion) {
        this.#measure();
        if (this.#state.lanesVersion !== model.lanesVersion) this.#touch();
      }
    }
    const edge = this.edge();
    if (this.#mode === 'all') this.#fit();
    if (this.#mode === 'follow') this.#window = endAt(this.#window, edge + lead(this.#window));
    if (this.#mode !== 'all' && this.#window.from < model.from) model.loadOlder();
    // The present moves only what is open or followed; half a pixel is not seen.
    const perPixel = (this.#window.to - this.#window.from) / Math.max(this.#width, 1);
    const seen = `${this.#touched}/${model.version}/${Math.round((2 * edge) / perPixel)}`;
    if (seen === this.#drawn) return;
    this.#drawn = seen;
    const context = this.#canvas?.getContext('2d');
    if (!context || this.#width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, {
      model,
      layout: this.#layout,
      window: this.#window,
      width: this.#width,
      edge,
      cursor: this.#cursor,
      playhead: this.#playhead,
      colors: this.#colors,
    });
  }
}

/** Room to the right of the present. */
const lead = (window: Window): number => (window.to - window.from) * 0.02;
