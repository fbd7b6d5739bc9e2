import { Text } from '@mantine/core';
import { agoText, fullTimeText, timeText, zoneName } from './time-text';
import { useNow } from './use-now';

interface Props {
  /** RFC 3339, as the API has it. */
  at: string;
  /** Says how long ago while that is less than a week. */
  ago?: boolean;
  /** Leave out the name of the zone, where a heading or a neighbour shows it. */
  bare?: boolean;
}

/** A moment in the person's zone; the whole of it in its title. */
export function Time({ at, ago = false, bare = false }: Props) {
  const now = new Date(useNow());
  const date = new Date(at);
  const relative = ago ? agoText(date, now) : null;
  return (
    <time dateTime={at} title={fullTimeText(date)}>
      {relative ?? timeText(date, now)}
      {relative || bare ? null : (
        <Text span size="xs" c="dimmed">
          {' '}
          {zoneName(date)}
        </Text>
      )}
    </time>
  );
}
