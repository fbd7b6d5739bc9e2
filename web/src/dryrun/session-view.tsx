import { Alert, Anchor, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Raster } from '../plot/raster/raster';
import { clockText } from '../plot/raster/window';
import { durationText } from '../ui/duration-text';
import { Player } from './player';
import { activeAt, type Session, timelineOf } from './timeline';

/** What one animal did: in numbers, what to look at, and over time. */
export function SessionView({
  session,
  onHighlight,
}: {
  session: Session;
  onHighlight: (nodes: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation();
  const timeline = useMemo(() => timelineOf(session), [session]);
  const [atMs, setAtMs] = useState(0);
  const endMs = session.durationNs / 1e6;
  const edge = useCallback(() => endMs, [endMs]);

  const told = useRef('');
  useEffect(() => {
    const nodes = activeAt(timeline.visits, atMs);
    const now = [...nodes].join('\n');
    if (now === told.current) return;
    told.current = now;
    onHighlight(nodes);
  }, [timeline, atMs, onHighlight]);
  // The canvas is as it was when the result is gone.
  useEffect(() => () => onHighlight(new Set()), [onHighlight]);

  return (
    <Stack gap="xs">
      <Group gap="lg" px="sm">
        <Figure
          name={t(`dryrun.ended.${session.ended}`)}
          value={session.outcome || clockText(endMs, 1_000)}
        />
        <Figure name={t('dryrun.length')} value={durationText(endMs)} />
        {session.outcomes.map(({ outcome, count }) => (
          <Figure key={outcome} name={outcome.replaceAll('_', ' ')} value={String(count)} />
        ))}
        {session.accuracy == null ? null : (
          <Figure
            name={t('dryrun.character.accuracy')}
            value={`${Math.round(session.accuracy * 100)} %`}
          />
        )}
        <Figure name={t('dryrun.rewards')} value={String(session.rewards)} />
        <Figure
          name={t('dryrun.volume')}
          value={`${Math.round(session.microlitres * 10) / 10} µl`}
        />
      </Group>
      {session.error ? <Alert color="red">{session.error}</Alert> : null}
      {session.warnings.length > 0 ? (
        <Alert
          color="yellow"
          mx="sm"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('dryrun.warnings')}
        >
          <List size="sm">
            {session.warnings.map(({ code, message, node, atNs, count }) => (
              <List.Item key={`${code}/${node}/${atNs}`}>
                {message}{' '}
                <Anchor
                  component="button"
                  type="button"
                  underline="always"
                  onClick={() => {
                    setAtMs(atNs / 1e6);
                    if (node) onHighlight(new Set([node]));
                  }}
                >
                  {t('dryrun.jump', { at: clockText(atNs / 1e6, 100) })}
                </Anchor>
                {count > 1 ? ` ${t('dryrun.repeated', { count })}` : ''}
              </List.Item>
            ))}
          </List>
        </Alert>
      ) : null}
      {session.timeline.truncated ? (
        <Text size="sm" c="dimmed" px="sm">
          {t('dryrun.truncated')}
        </Text>
      ) : null}
      <Player steps={timeline.steps} endMs={endMs} atMs={atMs} onSeek={setAtMs} />
      <Raster
        model={timeline.model}
        edge={edge}
        live={false}
        playhead={atMs}
        onSeek={(at) => setAtMs(Math.max(0, Math.min(endMs, at)))}
      />
    </Stack>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <Text fw={650} lh={1.2}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
    </div>
  );
}
