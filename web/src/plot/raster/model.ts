import { Bars } from './bars';
import { type Happening, HappeningLog } from './happening-log';

/** What a lane shows; lanes stand in this order. */
export const laneKinds = ['session', 'state', 'trial', 'input', 'output', 'event'] as const;
export type LaneKind = (typeof laneKinds)[number];

export interface Lane {
  id: string;
  kind: LaneKind;
  label: string;
  bars: Bars;
}

/** A time in which something was missing, in milliseconds. */
export interface Gap {
  kind: 'lost' | 'interrupted' | 'paused';
  from: number;
  /** Infinity while it is not over. */
  to: number;
  /** Of whom. */
  about: string;
}

/**
 * What a raster draws. It lives outside React: whoever fills it only counts
 * `version` up, and the raster looks at that once in a frame.
 */
export class RasterModel {
  readonly lanes: Lane[] = [];
  readonly gaps: Gap[] = [];
  readonly happenings = new HappeningLog();
  /** Texts of labels; bars have their positions. */
  readonly names: string[] = [];
  version = 0;
  /** Goes up when a lane was added. */
  lanesVersion = 0;
  /** What was recorded before `from`: null is nothing; a function loads some of it. */
  older: (() => void) | 'loading' | 'too much' | null = null;
  /** First and last time that anything happened; from > to when nothing did. */
  from = Number.POSITIVE_INFINITY;
  to = Number.NEGATIVE_INFINITY;

  readonly #byId = new Map<string, Lane>();
  readonly #nameAt = new Map<string, number>();

  /** Asks for what was recorded before, if that can be asked for now. */
  loadOlder(): void {
    if (typeof this.older === 'function') this.older();
  }

  name(text: string): number {
    let at = this.#nameAt.get(text);
    if (at === undefined) {
      at = this.names.push(text) - 1;
      this.#nameAt.set(text, at);
    }
    return at;
  }

  find(id: string): Lane | undefined {
    return this.#byId.get(id);
  }

  lane(id: string, kind: LaneKind, label: string): Lane {
    const known = this.#byId.get(id);
    if (known) return known;
    const lane = { id, kind, label, bars: new Bars() };
    this.#byId.set(id, lane);
    const place = this.lanes.findIndex((other) => compare(lane, other) < 0);
    this.lanes.splice(place < 0 ? this.lanes.length : place, 0, lane);
    this.lanesVersion += 1;
    return lane;
  }

  /** Something happened at a time. */
  touch(at: number): void {
    if (at < this.from) this.from = at;
    if (at > this.to) this.to = at;
    this.version += 1;
  }

  tell(happening: Happening): void {
    this.happenings.add(happening);
  }

  /** Puts what happened before all of this in front of it. */
  prepend(older: RasterModel): void {
    for (const { id, kind, label, bars } of older.lanes) {
      this.lane(id, kind, label).bars.prepend(bars, (n) => this.name(older.names[n] ?? ''));
    }
    this.happenings.prepend(older.happenings);
    this.from = Math.min(this.from, older.from);
    this.to = Math.max(this.to, older.to);
    this.version += 1;
  }
}

const byName = new Intl.Collator('en', { numeric: true });

function compare(a: Lane, b: Lane): number {
  return (
    laneKinds.indexOf(a.kind) - laneKinds.indexOf(b.kind) ||
    byName.compare(a.label, b.label) ||
    byName.compare(a.id, b.id)
  );
}
