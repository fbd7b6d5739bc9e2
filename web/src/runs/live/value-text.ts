/** A recorded value as people read it. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Number(value.toPrecision(12)));
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && 'duration_ns' in value) {
    const ns = Number(value.duration_ns);
    return ns % 1e9 === 0 || Math.abs(ns) >= 1e10 ? `${ns / 1e9} s` : `${ns / 1e6} ms`;
  }
  return JSON.stringify(value);
}

/** The level of an output as a number. */
export function levelOf(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : Number(value) || 0;
}
