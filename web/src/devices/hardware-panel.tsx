import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconInfoCircle, IconPower, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import { notifyDone, notifyFailed, notifyRefused } from '../ui/notify';
import { AnchorLink } from '../ui/router-link';
import classes from './hardware-panel.module.css';
import { Lamp } from './lamp';
import { useHearing, useLevels } from './levels';
import { OutputRow, SendDeviceCommand } from './output-row';

export const HardwareChannel = graphql(`
  fragment HardwareChannel on RigChannel {
    name direction available unavailable safe maxOnMs calibration { id }
  }
`);

interface Props {
  deviceId: string;
  online: boolean;
  run: { id: string; protocolName: string } | null | undefined;
  channels: readonly FragmentType<typeof HardwareChannel>[];
}

const manyChannels = 16;

/** The channels of a device as they are now, to be tried out by hand. */
export function HardwarePanel({ deviceId, online, run, channels }: Props) {
  const { t } = useTranslation();
  const levels = useLevels(deviceId, online);
  const hearing = useHearing(levels);
  const [{ fetching }, send] = useMutation(SendDeviceCommand);
  const [part, setPart] = useState('');
  const all = readFragment(HardwareChannel, channels);
  const shown = all.filter(({ name }) => name.includes(part.trim().toLowerCase()));
  const inputs = shown.filter(({ direction }) => direction === 'IN');
  const outputs = shown.filter(({ direction }) => direction === 'OUT');

  const allOff = async () => {
    const { data, error } = await send({ input: { device: deviceId, verb: 'SAFE' } });
    if (error) notifyFailed(t('devices.panel.offFailed'), error);
    else if (data?.sendDeviceCommand.state === 'DONE') notifyDone(t('devices.panel.offDone'));
    else {
      notifyRefused(t('devices.panel.offFailed'), data?.sendDeviceCommand.reason ?? '');
    }
  };

  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" flex={1} miw={220}>
          {t('devices.panel.lead')} {t('devices.panel.watched')}
        </Text>
        {all.length > manyChannels ? (
          <TextInput
            size="sm"
            leftSection={<IconSearch size={14} aria-hidden />}
            aria-label={t('devices.panel.filter')}
            placeholder={t('devices.panel.filter')}
            value={part}
            onChange={(event) => setPart(event.currentTarget.value)}
          />
        ) : null}
        <Button
          color="red.9"
          leftSection={<IconPower size={16} aria-hidden />}
          disabled={!online}
          loading={fetching}
          onClick={() => void allOff()}
        >
          {t('devices.panel.off')}
        </Button>
      </Group>
      {run ? (
        <Alert color="blue" icon={<IconInfoCircle aria-hidden />}>
          {t('devices.panel.held')}{' '}
          <AnchorLink to="/runs/$runId" params={{ runId: run.id }}>
            {run.protocolName}
          </AnchorLink>
        </Alert>
      ) : null}
      {online ? null : (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />}>
          {t('devices.panel.offlineWhy')}
        </Alert>
      )}
      {online && hearing.state === 'silent' ? (
        <Alert color="yellow">{t('devices.panel.silent')}</Alert>
      ) : null}
      {online && hearing.state === 'refused' ? (
        <Alert color="yellow">{hearing.message}</Alert>
      ) : null}
      {outputs.length > 0 ? (
        <section aria-label={t('devices.panel.outputs')}>
          <Title order={3} mb="xs">
            {t('devices.panel.outputs')}
          </Title>
          <div className={classes.outputs}>
            {outputs.map((channel) => (
              <OutputRow
                key={channel.name}
                deviceId={deviceId}
                channel={channel}
                levels={levels}
                disabled={!online || run != null}
              />
            ))}
          </div>
        </section>
      ) : null}
      {inputs.length > 0 ? (
        <section aria-label={t('devices.panel.inputs')}>
          <Title order={3} mb="xs">
            {t('devices.panel.inputs')}
          </Title>
          <div className={classes.channels}>
            {inputs.map((channel) => (
              <div key={channel.name} className={classes.channel}>
                <Lamp levels={levels} channel={channel.name} />
                <div className={classes.name}>
                  <Text size="sm" truncate title={channel.name}>
                    {channel.name}
                  </Text>
                  {channel.available ? null : (
                    <Text size="xs" c="dimmed">
                      {t('devices.panel.unavailable', { why: channel.unavailable ?? '' })}
                    </Text>
                  )}
                </div>
              </div>
            ))}
          </div>
        </section>
      ) : null}
    </Stack>
  );
}
