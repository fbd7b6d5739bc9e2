import { ActionIcon, Alert, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../api/gql';
import { problem as problemOf } from '../api/problem';
import { notifyDone } from '../ui/notify';
import { curveOf } from './curve';
import { CurvePlot } from './curve-plot';

const SaveCalibration = graphql(`
  mutation SaveCalibration($input: SaveCalibrationInput!) {
    saveCalibration(input: $input) { calibration { id channel } }
  }
`);

interface Props {
  deviceId: string;
  /** Outputs of the rig. */
  channels: readonly string[];
  channel: string | null;
  onSaved: () => void;
}

interface Row {
  id: number;
  microlitres: number | string;
  openMs: number | string;
}

export function CalibrationForm({ deviceId, channels, channel: first, onSaved }: Props) {
  const { t } = useTranslation();
  const [channel, setChannel] = useState(first ?? channels[0] ?? '');
  const [rows, setRows] = useState<Row[]>(() =>
    [1, 2, 3].map((id) => ({ id, microlitres: '', openMs: '' })),
  );
  const [tried, setTried] = useState(false);
  const [{ error, fetching }, send] = useMutation(SaveCalibration);
  const { points, problem } = curveOf(rows);

  const change = (id: number, field: 'microlitres' | 'openMs') => (value: number | string) =>
    setRows((old) => old.map((row) => (row.id === id ? { ...row, [field]: value } : row)));
  const save = async () => {
    setTried(true);
    if (problem) return;
    const result = await send({ input: { device: deviceId, channel, points } });
    if (result.error) return;
    notifyDone(t('devices.calibration.saved', { channel }));
    onSaved();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('devices.calibration.formLead')}
        </Text>
        <Select
          label={t('devices.calibration.channel')}
          searchable
          allowDeselect={false}
          data={channels}
          value={channel}
          onChange={(value) => setChannel(value ?? '')}
        />
        {rows.map((row, index) => (
          <Group key={row.id} wrap="nowrap" align="flex-end" gap="xs">
            <NumberInput
              label={index === 0 ? t('devices.calibration.microlitres') : undefined}
              aria-label={`${t('devices.calibration.point', { number: index + 1 })}: ${t('devices.calibration.microlitres')}`}
              min={0}
              value={row.microlitres}
              onChange={change(row.id, 'microlitres')}
            />
            <NumberInput
              label={index === 0 ? t('devices.calibration.openMs') : undefined}
              aria-label={`${t('devices.calibration.point', { number: index + 1 })}: ${t('devices.calibration.openMs')}`}
              min={0}
              value={row.openMs}
              onChange={change(row.id, 'openMs')}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              disabled={rows.length <= 2}
              onClick={() => setRows((old) => old.filter(({ id }) => id !== row.id))}
              aria-label={t('devices.calibration.removePoint', { number: index + 1 })}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() =>
              setRows((old) => [
                ...old,
                { id: (old.at(-1)?.id ?? 0) + 1, microlitres: '', openMs: '' },
              ])
            }
          >
            {t('devices.calibration.addPoint')}
          </Button>
        </Group>
        <CurvePlot channel={channel} points={points} />
        {tried && problem ? (
          <Alert color="red" role="alert">
            {problem.key === 'mustGrow'
              ? t('devices.calibration.mustGrow', { microlitres: problem.microlitres })
              : t(`devices.calibration.${problem.key}`)}
          </Alert>
        ) : null}
        {error ? (
          <Alert color="red" role="alert">
            {problemOf(error).message}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button type="submit" loading={fetching}>
            {t('devices.calibration.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
