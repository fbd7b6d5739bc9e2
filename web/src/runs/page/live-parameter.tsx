import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../../api/gql';
import type { ParameterApplies } from '../../api/gql/graphql';
import { problem } from '../../api/problem';
import { notifyDone } from '../../ui/notify';
import { ParameterForm } from '../start/parameter-form';
import type { Check } from '../start/use-source';

const SetParameters = graphql(`
  mutation SetRunPageParameters($input: SetRunParametersInput!) {
    setRunParameters(input: $input) {
      run { id currentParameters { name value origin changedAt changedBy reason } }
      changes { name old new applies unconfirmed }
    }
  }
`);

/** Gives a live parameter another value while the run is on. */
export function LiveParameter({
  run,
  parameter,
  value,
}: {
  run: string;
  parameter: Check['parameters'][number];
  /** As it is now. */
  value: unknown;
}) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [reason, setReason] = useState('');
  const [{ fetching, error }, send] = useMutation(SetParameters);
  const name = parameter.label || parameter.name;
  const refused = error ? problem(error).message || t('ui.error.network') : undefined;

  const apply = async () => {
    const result = await send({
      input: { runId: run, values, ...(reason.trim() ? { reason: reason.trim() } : {}) },
    });
    const change = result.data?.setRunParameters.changes[0];
    if (!change) return;
    const applies: ParameterApplies = change.applies;
    notifyDone(t(`runs.live.${applies}`, { name }));
    close();
  };
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('runs.live.changeOf', { name })}
        onClick={() => {
          setValues({});
          setReason('');
          open();
        }}
      >
        {t('runs.live.change')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('runs.live.title', { name })}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('runs.live.when')}
          </Text>
          <ParameterForm
            parameters={[{ ...parameter, default: value }]}
            values={values}
            onChange={setValues}
            columns={1}
            errorOf={() => refused}
          />
          <TextInput
            label={t('runs.control.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('ui.cancel')}
            </Button>
            <Button
              loading={fetching}
              disabled={!(parameter.name in values)}
              onClick={() => void apply()}
            >
              {t('runs.live.apply')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
