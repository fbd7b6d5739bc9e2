/** No lane keeps more bars; the oldest go first. A power of two. */
export const maxBars = 65_536;

/**
 * Bars of one lane over time, in the order of their beginnings, none over
 * another. A ring of columns: to add one is cheap, whatever the rate, and a run
 * of days does not fill the memory. Times are in milliseconds.
 */
export class Bars {
  #start = new Float64Array(64);
  #end = new Float64Array(64);
  #level = new Float64Array(64);
  #label = new Uint32Array(64);
  #head = 0;
  #count = 0;
  /** When anything was first said here: what was open before ended then. */
  #firstSaid: number | null = null;
  /** What the bar was before the first one, when that was said. */
  #labelBefore: number | null = null;
  readonly #limit: number;

  /** The limit is a power of two. */
  constructor(limit = maxBars) {
    this.#limit = limit;
  }

  get count(): number {
    return this.#count;
  }

  /** Begins a bar; one that is still open ends here. */
  open(at: number, label: number, level = 1): void {
    this.close(at);
    this.#push(at, Number.POSITIVE_INFINITY, label, level);
  }

  add(start: number, end: number, label: number, level = 1): void {
    this.close(start);
    this.#push(start, end, label, level);
  }

  /** Ends the last bar, if it is open. */
  close(at: number): void {
    this.#firstSaid ??= at;
    if (this.#count === 0) return;
    const last = this.#slot(this.#count - 1);
    if (this.#end[last] !== Number.POSITIVE_INFINITY) return;
    this.#end[last] = Math.max(at, this.#start[last] ?? at);
  }

  /** Says what the last bar is, when that became known. */
  relabel(label: number): void {
    if (this.#count > 0) this.#label[this.#slot(this.#count - 1)] = label;
    else this.#labelBefore ??= label;
  }

  /**
   * Puts older bars before all others. One that was open ends when something was
   * first said here. Labels are other numbers there: `translate` gives ours.
   */
  prepend(older: Bars, translate: (label: number) => number): void {
    const said = this.#firstSaid;
    const added = Math.min(older.count, this.#limit - this.#count);
    while (this.#start.length < this.#count + added) this.#grow();
    for (let n = 1; n <= added; n++) {
      const i = older.count - n;
      const open = older.end(i) === Number.POSITIVE_INFINITY && said !== null;
      const end = open ? Math.max(said, older.start(i)) : older.end(i);
      const before = n === 1 ? this.#labelBefore : null;
      this.#head = this.#slot(-1);
      this.#count += 1;
      this.#write(
        this.#head,
        older.start(i),
        end,
        before ?? translate(older.label(i)),
        older.level(i),
      );
    }
    this.#firstSaid = older.#firstSaid ?? said;
    if (older.#labelBefore !== null) this.#labelBefore = translate(older.#labelBefore);
    else if (older.count > 0) this.#labelBefore = null;
  }

  /** The last bar has no end yet. */
  get isOpen(): boolean {
    return this.#count > 0 && this.end(this.#count - 1) === Number.POSITIVE_INFINITY;
  }

  /** Of bar i, counted from the oldest that is kept. */
  start(i: number): number {
    return this.#start[this.#slot(i)] ?? 0;
  }

  /** Infinity while it is open. */
  end(i: number): number {
    return this.#end[this.#slot(i)] ?? 0;
  }

  level(i: number): number {
    return this.#level[this.#slot(i)] ?? 0;
  }

  label(i: number): number {
    return this.#label[this.#slot(i)] ?? 0;
  }

  /** The first bar that is not over before a time; count when there is none. */
  firstAfter(at: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.end(middle) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The bar that lies at a time, or -1. */
  at(time: number): number {
    const i = this.firstAfter(time);
    return i < this.#count && this.start(i) <= time ? i : -1;
  }

  #slot(i: number): number {
    return (this.#head + i) & (this.#start.length - 1);
  }

  #push(start: number, end: number, label: number, level: number): void {
    if (this.#count === this.#start.length) {
      if (this.#count < this.#limit) this.#grow();
      else {
        this.#head = this.#slot(1);
        this.#count -= 1;
      }
    }
    this.#write(this.#slot(this.#count), start, end, label, level);
    this.#count += 1;
  }

  #write(slot: number, start: number, end: number, label: number, level: number): void {
    this.#start[slot] = start;
    this.#end[slot] = end;
    this.#label[slot] = label;
    this.#level[slot] = level;
  }

  #grow(): void {
    const head = this.#head;
    const wider = <T extends Float64Array | Uint32Array>(to: T, from: T): T => {
      to.set(from.subarray(head));
      to.set(from.subarray(0, head), from.length - head);
      return to;
    };
    const length = this.#start.length * 2;
    this.#start = wider(new Float64Array(length), this.#start);
    this.#end = wider(new Float64Array(length), this.#end);
    this.#level = wider(new Float64Array(length), this.#level);
    this.#label = wider(new Uint32Array(length), this.#label);
    this.#head = 0;
  }
}
