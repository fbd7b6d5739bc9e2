const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size as people say it: `850 B`, `12.3 kB`, `4.0 GB`; a kilobyte has 1000 bytes. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}
