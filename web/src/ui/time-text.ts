const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone of the person, such as `Europe/Zurich`. */
export function zone(): string {
  return ownZone;
}

const made = new Map<string, Intl.DateTimeFormat>();

/** Formats are made once: to make one takes longer than all the rest of a page. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = made.get(key) ?? new Intl.DateTimeFormat('en-GB', options);
  made.set(key, known);
  return known;
}

/** Short name of the person's zone at a moment: `CET` in winter, `GMT+2` where a zone has no name. */
export function zoneName(at: Date, timeZone = zone()): string {
  const parts = format({ timeZone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find((p) => p.type === 'timeZoneName')?.value ?? timeZone;
}

/** Date and time in the person's zone, without the zone: `24 Nov 2026, 09:05:07`. Today without the date. */
export function timeText(at: Date, now: Date, timeZone = zone()): string {
  const day = format({ timeZone, dateStyle: 'medium' });
  const time = format({ timeZone, timeStyle: 'medium' }).format(at);
  return day.format(at) === day.format(now) ? time : `${day.format(at)}, ${time}`;
}

/** Everything about a moment, for a title: date, time, zone and UTC. */
export function fullTimeText(at: Date, timeZone = zone()): string {
  const text = format({ timeZone, dateStyle: 'full', timeStyle: 'medium' }).format(at);
  return `${text} ${zoneName(at, timeZone)} (${timeZone}); ${at.toISOString()}`;
}

const steps: [limitS: number, unit: Intl.RelativeTimeFormatUnit, lengthS: number][] = [
  [60, 'second', 1],
  [3_600, 'minute', 60],
  [86_400, 'hour', 3_600],
  [7 * 86_400, 'day', 86_400],
];

/** How long ago, or null when so long that a date says more. */
export function agoText(at: Date, now: Date): string | null {
  const s = (at.getTime() - now.getTime()) / 1_000;
  const step = steps.find(([limitS]) => Math.abs(s) < limitS);
  if (!step) return null;
  const [, unit, lengthS] = step;
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' }).format(
    Math.trunc(s / lengthS),
    unit,
  );
}
