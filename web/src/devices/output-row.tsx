import { Button, NumberInput, Select, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../api/gql';
import type {
  DeviceVerb,
  HardwareChannelFragment,
  SendDeviceCommandInput,
} from '../api/gql/graphql';
import { durationText } from '../ui/duration-text';
import { notifyFailed, notifyRefused } from '../ui/notify';
import classes from './hardware-panel.module.css';
import { Lamp } from './lamp';
import { type Levels, useLevel } from './levels';

export const SendDeviceCommand = graphql(`
  mutation SendDeviceCommand($input: SendDeviceCommandInput!) {
    sendDeviceCommand(input: $input) { state reasonCode reason }
  }
`);

const usualPulseMs = 100;
const usualMicrolitres = 5;

interface Props {
  deviceId: string;
  channel: HardwareChannelFragment;
  levels: Levels;
  disabled: boolean;
}

/** An output: its level, a switch and a pulse. */
export function OutputRow({ deviceId, channel, levels, disabled }: Props) {
  const { t } = useTranslation();
  const { name, maxOnMs, calibration } = channel;
  const [{ fetching }, send] = useMutation(SendDeviceCommand);
  const on = (useLevel(levels, name)?.level ?? channel.safe) !== 0;
  const [unit, setUnit] = useState<'ms' | 'µl'>(calibration ? 'µl' : 'ms');
  const [length, setLength] = useState<number | string>(
    calibration ? usualMicrolitres : Math.min(usualPulseMs, maxOnMs ?? usualPulseMs),
  );
  const off = disabled || !channel.available;

  const command = async (verb: DeviceVerb, more: Partial<SendDeviceCommandInput>) => {
    const { data, error } = await send({
      input: { device: deviceId, channel: name, verb, ...more },
    });
    const failed = t('devices.panel.failed', { channel: name });
    if (error) notifyFailed(failed, error);
    else if (data && data.sendDeviceCommand.state !== 'DONE') {
      notifyRefused(failed, data.sendDeviceCommand.reason ?? data.sendDeviceCommand.state);
    }
  };
  const pulse = () =>
    command(
      'PULSE',
      unit === 'ms' ? { durationMs: Number(length) } : { microlitres: Number(length) },
    );

  return (
    <div className={classes.channel}>
      <Lamp levels={levels} channel={name} />
      <div className={classes.name}>
        <Text size="sm" truncate title={name}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {channel.available
            ? maxOnMs
              ? t('devices.panel.limit', { length: durationText(maxOnMs) })
              : null
            : t('devices.panel.unavailable', { why: channel.unavailable ?? '' })}
        </Text>
      </div>
      <NumberInput
        className={classes.length ?? ''}
        size="xs"
        hideControls
        min={unit === 'ms' ? 1 : 0.1}
        {...(unit === 'ms' && maxOnMs ? { max: maxOnMs } : {})}
        disabled={off}
        value={length}
        onChange={setLength}
        aria-label={t('devices.panel.length', { channel: name })}
        {...(calibration
          ? {}
          : {
              rightSection: <Text size="xs">{t('devices.panel.ms')}</Text>,
              rightSectionWidth: 28,
            })}
      />
      {calibration ? (
        <Select
          className={classes.unit ?? ''}
          size="xs"
          allowDeselect={false}
          disabled={off}
          value={unit}
          data={[
            { value: 'µl', label: t('devices.panel.microlitres') },
            { value: 'ms', label: t('devices.panel.ms') },
          ]}
          onChange={(value) => setUnit(value === 'µl' ? 'µl' : 'ms')}
          aria-label={t('devices.panel.unit', { channel: name })}
        />
      ) : null}
      <Button
        size="xs"
        variant="light"
        color="device"
        disabled={off || !(Number(length) > 0)}
        onClick={() => void pulse()}
        aria-label={t('devices.panel.pulseNamed', { channel: name })}
      >
        {t('devices.panel.pulse')}
      </Button>
      <Switch
        color="device"
        checked={on}
        disabled={off || fetching}
        onChange={(event) =>
          void command('SET', { level: event.currentTarget.checked ? 1 : 0, whileWatched: true })
        }
        aria-label={t('devices.panel.switch', { channel: name })}
      />
    </div>
  );
}
