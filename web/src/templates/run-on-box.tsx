import { Button, Tooltip } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import { notifyFailed } from '../ui/notify';

const RunOnBoxTemplate = graphql(`
  fragment RunOnBoxTemplate on Template { name title document roles { name } }
`);

const SimulatedBoxes = graphql(`
  query SimulatedBoxes {
    devices(filter: { online: true }, first: 200) { nodes { id simulated online run { id } } }
  }
`);

const StartTemplate = graphql(`
  mutation StartTemplate($input: StartRunInput!) {
    startRun(input: $input) { run { id status } }
  }
`);

/** Starts a template as it is on simulated boxes that are free, and shows the run. */
export function RunOnBox({ template }: { template: FragmentType<typeof RunOnBoxTemplate> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { title, document, roles } = readFragment(RunOnBoxTemplate, template);
  const [{ data }] = useQuery({ query: SimulatedBoxes });
  const [{ fetching }, start] = useMutation(StartTemplate);
  const boxes = data?.devices.nodes.filter((device) => device.simulated && device.online) ?? [];
  const free = boxes.filter((device) => !device.run);
  const enough = free.length >= roles.length;
  const why = boxes.length < roles.length ? t('templates.noBox') : t('templates.allBusy');

  const run = async () => {
    const devices = roles.map(({ name }, index) => ({ role: name, device: free[index]?.id ?? '' }));
    const result = await start({ input: { document, devices } });
    if (result.error) notifyFailed(t('templates.startFailed'), result.error);
    const runId = result.data?.startRun.run.id;
    if (runId) await navigate({ to: '/runs/$runId', params: { runId } });
  };
  return (
    <Tooltip label={why} disabled={enough || !data} multiline maw={280}>
      <Button
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        aria-label={t('templates.runNamed', { title })}
        {...(enough ? {} : { 'data-disabled': true })}
        aria-disabled={!enough}
        loading={fetching}
        onClick={() => {
          if (enough) void run();
        }}
      >
        {t('templates.run')}
      </Button>
    </Tooltip>
  );
}
