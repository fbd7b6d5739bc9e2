/** Milliseconds since 1970 of an RFC 3339 time, with what is finer than a millisecond. */
export function momentMs(at: string): number {
  const fraction = /\.(\d+)/.exec(at)?.[1] ?? '';
  const finer = fraction.slice(3);
  return Date.parse(at) + (finer ? Number(`0.${finer}`) : 0);
}
