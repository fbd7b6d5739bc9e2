import { ActionIcon, Group, Select, Slider, Text, Tooltip } from '@mantine/core';
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
  type TablerIcon,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clockText } from '../plot/raster/window';
import { stepFrom } from './timeline';

const speeds = ['1', '5', '20', '100'] as const;
/** The page is told so often; the raster only moves its line. */
const tickMs = 50;

/** Goes through a dry-run: event by event, by a slide, or by itself. */
export function Player({
  steps,
  endMs,
  atMs,
  onSeek,
}: {
  steps: readonly number[];
  endMs: number;
  atMs: number;
  onSeek: (atMs: number) => void;
}) {
  const { t } = useTranslation();
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<string>('1');
  const at = useRef(atMs);
  at.current = atMs;

  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const next = Math.min(endMs, at.current + (now - last) * Number(speed));
      last = now;
      onSeek(next);
      if (next >= endMs) setPlaying(false);
    }, tickMs);
    return () => clearInterval(timer);
  }, [playing, speed, endMs, onSeek]);

  const step = (direction: 1 | -1) => {
    setPlaying(false);
    const next = stepFrom(steps, atMs, direction);
    if (next !== null) onSeek(next);
  };
  return (
    <Group gap="xs" px="sm" py={6} wrap="nowrap">
      <Button icon={IconPlayerTrackPrev} label={t('dryrun.back')} onClick={() => step(-1)} />
      <Button
        icon={playing ? IconPlayerPause : IconPlayerPlay}
        label={t(playing ? 'dryrun.pause' : 'dryrun.play')}
        onClick={() => {
          if (!playing && atMs >= endMs) onSeek(0);
          setPlaying(!playing);
        }}
      />
      <Button icon={IconPlayerTrackNext} label={t('dryrun.forward')} onClick={() => step(1)} />
      <Slider
        flex={1}
        size="sm"
        min={0}
        max={Math.max(endMs, 1)}
        step={Math.max(endMs / 2_000, 0.001)}
        value={atMs}
        label={(value) => clockText(value, 100)}
        thumbLabel={t('dryrun.time')}
        onChange={onSeek}
      />
      <Text size="sm" miw={76} ta="end">
        {clockText(atMs, 1)}
      </Text>
      <Select
        size="xs"
        w={84}
        aria-label={t('dryrun.speed')}
        data={speeds.map((value) => ({ value, label: t('dryrun.times', { speed: value }) }))}
        value={speed}
        allowDeselect={false}
        onChange={(next) => setSpeed(next ?? '1')}
      />
    </Group>
  );
}

function Button({
  icon: Icon,
  label,
  onClick,
}: {
  icon: TablerIcon;
  label: string;
  onClick: () => void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} onClick={onClick}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
