import { Bars } from './bars';

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

/** Something that happened, for those who read instead of look. */
export interface Happening {
  at: number;
  kind: string;
  name: string;
  value: string;
}

const maxHappenings = 200;

/**
 * What a raster draws. It lives outside React: whoever fills it only counts
 * `version` up, and the raster looks at that once in a frame.
 */
export class RasterModel {
  readonly lanes: Lane[] = [];
  readonly gaps: Gap[] = [];
  /** The last things that happened, the latest last. */
  readonly happenings: Happening[] = [];
  /** Texts of labels; bars have their positions. */
  readonly names: string[] = [];
  version = 0;
  /** Goes up when a lane was added. */
  lanesVersion = 0;
  /** First and last time that anything happened; from > to when nothing did. */
  from = Number.POSITIVE_INFINITY;
  to = Number.NEGATIVE_INFINITY;

  readonly #byId = new Map<string, Lane>();
  readonly #nameAt = new Map<string, number>();

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
    this.happenings.push(happening);
    if (this.happenings.length > 2 * maxHappenings) {
      this.happenings.splice(0, this.happenings.length - maxHappenings);
    }
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
