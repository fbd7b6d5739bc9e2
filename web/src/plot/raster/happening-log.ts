/** Something that happened, for those who read instead of look. */
export interface Happening {
  at: number;
  kind: string;
  name: string;
  value: string;
  /** The device that recorded it; absent for the session and in a dry-run. */
  from?: string;
}

/** No log keeps more; the oldest go first. */
export const maxHappenings = 200_000;
const inChunk = 2_048;

/**
 * What happened, in order. To add one at the end, many at the front, and to let
 * the oldest go is cheap. Places are numbers that stay the same: those of older
 * ones, which come later, are negative.
 */
export class HappeningLog {
  readonly #chunks: { first: number; rows: Happening[] }[] = [];

  constructor(readonly limit = maxHappenings) {}

  /** The place of the oldest; equals `end` when there is none. */
  get first(): number {
    return this.#chunks[0]?.first ?? 0;
  }

  /** The place after the latest. */
  get end(): number {
    const last = this.#chunks.at(-1);
    return last ? last.first + last.rows.length : 0;
  }

  get length(): number {
    return this.end - this.first;
  }

  add(happening: Happening): void {
    const last = this.#chunks.at(-1);
    if (last && last.rows.length < inChunk) last.rows.push(happening);
    else this.#chunks.push({ first: this.end, rows: [happening] });
    while (this.length > this.limit) this.#chunks.shift();
  }

  /** Puts older ones before all others. */
  prepend(older: HappeningLog): void {
    const { first } = this;
    const moved = older.#chunks.map(({ first: at, rows }) => ({
      first: first - older.end + at,
      rows,
    }));
    this.#chunks.unshift(...moved);
  }

  at(place: number): Happening | undefined {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle]?.first ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    const chunk = this.#chunks[low];
    return chunk?.rows[place - chunk.first];
  }
}
