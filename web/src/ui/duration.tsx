import { durationText } from './duration-text';
import { useNow } from './use-now';

interface Props {
  from: string;
  /** Still counting when absent. */
  to?: string | null | undefined;
}

/** How long something took, or has taken so far. */
export function Duration({ from, to }: Props) {
  return to ? (
    <span>{durationText(Date.parse(to) - Date.parse(from))}</span>
  ) : (
    <Counting from={from} />
  );
}

function Counting({ from }: { from: string }) {
  const ms = Math.max(0, useNow() - Date.parse(from));
  return <span>{durationText(Math.floor(ms / 1_000) * 1_000)}</span>;
}
