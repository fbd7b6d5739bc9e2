import { Alert, Select, Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { ButtonLink } from '../ui/router-link';
import { Surface } from '../ui/surface';
import { DryRunSection } from './start/dry-run-section';
import { ProtocolsQuery } from './start/queries';
import { StartForm } from './start/start-form';
import { nameOf, useSource } from './start/use-source';

const route = getRouteApi('/runs/start');

export function StartPage() {
  const { t } = useTranslation();
  const { subject = null, experiment = null, ...search } = route.useSearch();
  const { chosen, error } = useSource(search);
  const asked = Object.values(search).some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title={t('runs.startTitle')}
        lead={
          chosen
            ? chosen.number > 0
              ? t('runs.start.what', { name: chosen.name, number: chosen.number })
              : t('runs.start.whatNew', { name: chosen.name })
            : t('runs.start.lead')
        }
      />
      <Stack gap="md">
        <ProtocolPicker />
        {error && !chosen ? <ErrorState error={error} /> : null}
        {asked && chosen === undefined && !error ? <LoadingState /> : null}
        {asked && chosen === null ? <EmptyState title={t('runs.start.gone')} /> : null}
        {chosen && !chosen.check.ok ? (
          <Alert color="red" title={t('runs.start.hasErrors')}>
            {chosen.check.diagnostics
              .filter(({ severity }) => severity === 'ERROR')
              .slice(0, 5)
              .map(({ message, node }) => (
                <div key={`${node}/${message}`}>{message}</div>
              ))}
          </Alert>
        ) : null}
        {chosen?.check.ok ? <DryRunSection key={chosen.name} document={chosen.document} /> : null}
        {chosen?.check.ok ? (
          <StartForm
            key={JSON.stringify(search)}
            chosen={chosen}
            subject={subject}
            experiment={experiment}
          />
        ) : null}
      </Stack>
    </>
  );
}

function ProtocolPicker() {
  const { t } = useTranslation();
  const { protocol, template, subject, experiment } = route.useSearch();
  const navigate = route.useNavigate();
  const [{ data, error }] = useQuery({ query: ProtocolsQuery });
  if (error && !data) return <ErrorState error={error} />;
  if (data?.protocols.nodes.length === 0 && data.templates.length === 0) {
    return (
      <EmptyState
        title={t('runs.start.noProtocols')}
        action={<ButtonLink to="/editor">{t('runs.start.draw')}</ButtonLink>}
      />
    );
  }
  const value = protocol ? `protocol:${protocol}` : template ? `template:${template}` : null;
  return (
    <Surface p="md">
      <Select
        label={t('runs.protocol')}
        placeholder={t('runs.start.chooseProtocol')}
        searchable
        data={[
          {
            group: t('runs.start.saved'),
            items: (data?.protocols.nodes ?? []).map(({ id, name }) => ({
              value: `protocol:${id}`,
              label: name,
            })),
          },
          {
            group: t('runs.start.templates'),
            items: (data?.templates ?? []).map(({ name, document }) => ({
              value: `template:${name}`,
              label: nameOf(document) ?? name,
            })),
          },
        ]}
        value={value}
        onChange={(next) => {
          if (next === null) return;
          const [kind = '', ...rest] = next.split(':');
          void navigate({ search: { subject, experiment, [kind]: rest.join(':') } });
        }}
      />
    </Surface>
  );
}
