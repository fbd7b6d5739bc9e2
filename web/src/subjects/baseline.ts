/** The part of the baseline below which people are warned when a subject has no own. */
export const usualTarget = 0.85;

/** A weight as a percentage of the weight without restriction; null when that is not known. */
export function percentOfBaseline(
  grams: number,
  baseline: number | null | undefined,
): number | null {
  return baseline ? (100 * grams) / baseline : null;
}
