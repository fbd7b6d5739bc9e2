import { Box, Select, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { StartCandidatesQuery } from '../../api/gql/graphql';
import type { Binding, Source } from './plan';
import { CandidatesQuery } from './queries';

type Candidate = StartCandidatesQuery['bindingCandidates'][number];

/** Devices come and go: what fits is asked again while one looks. */
const askMs = 5_000;

/** Chooses a device for a role, and says of the others why they do not fit. */
export function DevicePicker({
  source,
  role,
  taken,
  binding,
  onChange,
}: {
  source: Source;
  role: string;
  taken: ReadonlySet<string>;
  binding: Binding | undefined;
  onChange: (binding: Binding | undefined) => void;
}) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({
    query: CandidatesQuery,
    variables: { input: { ...source, role } },
  });
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), askMs);
    return () => clearInterval(timer);
  }, [ask]);

  const candidates = data?.bindingCandidates ?? [];
  const byId = new Map(candidates.map((candidate) => [candidate.device.id, candidate]));
  const whyNot = (candidate: Candidate): string => {
    if (taken.has(candidate.device.id)) return t('runs.start.takenHere');
    return candidate.checks
      .filter(({ severity }) => severity === (candidate.fits ? 'WARNS' : 'BLOCKS'))
      .map(({ message }) => message)
      .join(' ');
  };
  const chosen = binding ? byId.get(binding.device) : undefined;
  const needsMapping = chosen?.channels.some(({ protocol, rig }) => protocol !== rig) ?? false;

  return (
    <Box>
      <Select
        label={t('runs.start.deviceFor', { role })}
        placeholder={t('runs.start.chooseDevice')}
        error={error ? error.graphQLErrors[0]?.message : undefined}
        searchable
        data={candidates.map((candidate) => ({
          value: candidate.device.id,
          label: candidate.device.name || candidate.device.id,
          disabled: !candidate.fits || taken.has(candidate.device.id),
        }))}
        renderOption={({ option }) => {
          const candidate = byId.get(option.value);
          const why = candidate ? whyNot(candidate) : '';
          return (
            <div>
              <Text size="sm">{option.label}</Text>
              {why ? (
                <Text size="xs" c={candidate?.fits ? 'dimmed' : 'red'}>
                  {why}
                </Text>
              ) : null}
            </div>
          );
        }}
        value={binding?.device ?? null}
        clearable
        clearButtonProps={{ 'aria-label': t('runs.start.clear') }}
        onChange={(device) => {
          const found = device ? byId.get(device) : undefined;
          onChange(found ? { device: found.device.id, channels: suggested(found) } : undefined);
        }}
      />
      {chosen && binding && needsMapping ? (
        <Mapping candidate={chosen} binding={binding} onChange={onChange} />
      ) : null}
    </Box>
  );
}

const suggested = ({ channels }: Candidate): Record<string, string> =>
  Object.fromEntries(channels.flatMap(({ protocol, rig }) => (rig ? [[protocol, rig]] : [])));

/** The rig calls a channel otherwise than the protocol: which one is meant? */
function Mapping({
  candidate,
  binding,
  onChange,
}: {
  candidate: Candidate;
  binding: Binding;
  onChange: (binding: Binding) => void;
}) {
  const { t } = useTranslation();
  const rig = candidate.device.rig?.channels ?? [];
  return (
    <Box mt="xs">
      <Text size="xs" c="dimmed">
        {t('runs.start.mapping')}
      </Text>
      {candidate.channels.map(({ protocol }) => (
        <Select
          key={protocol}
          mt={4}
          size="xs"
          label={protocol}
          placeholder={t('runs.start.noChannel')}
          data={rig.map(({ name, direction, available }) => ({
            value: name,
            label: `${name} (${t(`runs.start.direction.${direction}`)})`,
            disabled: !available,
          }))}
          value={binding.channels[protocol] ?? null}
          onChange={(channel) => {
            if (!channel) return;
            onChange({ ...binding, channels: { ...binding.channels, [protocol]: channel } });
          }}
        />
      ))}
    </Box>
  );
}
