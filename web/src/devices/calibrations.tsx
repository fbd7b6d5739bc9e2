import { Button, Group, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import { Time } from '../ui/time';
import { CalibrationForm } from './calibration-form';
import type { CurvePoint } from './curve';
import { CurvePlot } from './curve-plot';
import { FormerCalibrations } from './former-calibrations';

const DeviceCalibration = graphql(`
  fragment DeviceCalibration on Calibration {
    id channel measuredAt measuredBy points { microlitres openMs }
  }
`);

interface Props {
  deviceId: string;
  deviceName: string;
  /** Outputs of the rig. */
  outputs: readonly string[];
  calibrations: readonly FragmentType<typeof DeviceCalibration>[];
  /** Curves that are written into the rig: used where none is measured. */
  written: readonly { channel: string; points: readonly CurvePoint[] }[];
  /** A calibration was added. */
  onSaved: () => void;
}

/** The calibrations that a run would use now. */
export function Calibrations(props: Props) {
  const { deviceId, deviceName, outputs, calibrations, onSaved } = props;
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const list = readFragment(DeviceCalibration, calibrations);
  const written = props.written.filter(
    ({ channel }) => !list.some((measured) => measured.channel === channel),
  );
  const some = list.length + written.length > 0;
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {some ? t('devices.calibration.lead') : t('devices.calibration.none')}
        </Text>
        {outputs.length > 0 ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('devices.calibration.add')}
          </Button>
        ) : null}
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {list.map(({ id, channel, points, measuredAt, measuredBy }) => (
          <div key={id}>
            <Title order={3} size="h4">
              {channel}
            </Title>
            <Text size="xs" c="dimmed">
              <Trans t={t} i18nKey="devices.calibration.measured" values={{ by: measuredBy }}>
                measured <Time at={measuredAt} ago /> by {measuredBy}
              </Trans>
            </Text>
            <CurvePlot channel={channel} points={points} />
          </div>
        ))}
        {written.map(({ channel, points }) => (
          <div key={channel}>
            <Title order={3} size="h4">
              {channel}
            </Title>
            <Text size="xs" c="dimmed">
              {t('devices.calibration.written')}
            </Text>
            <CurvePlot channel={channel} points={points} />
          </div>
        ))}
      </SimpleGrid>
      {list.length > 0 ? (
        <FormerCalibrations deviceId={deviceId} present={new Set(list.map(({ id }) => id))} />
      ) : null}
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('devices.calibration.formTitle', { device: deviceName })}
      >
        <CalibrationForm
          deviceId={deviceId}
          channels={outputs}
          channel={list[0]?.channel ?? null}
          onSaved={() => {
            setAdding(false);
            onSaved();
          }}
        />
      </Modal>
    </Stack>
  );
}
