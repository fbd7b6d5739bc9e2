import { Fieldset, NumberInput, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ParameterForm } from '../runs/start/parameter-form';
import type { Check } from '../runs/start/use-source';
import { animalFields, type Settings } from './settings';

interface Props {
  settings: Settings;
  many: boolean;
  parameters: Check['parameters'];
  onChange: (settings: Settings) => void;
}

/** Which animal, how long, from which seed, with which parameters. */
export function SettingsForm({ settings, many, parameters, onChange }: Props) {
  const { t } = useTranslation();
  const set = (part: Partial<Settings>) => onChange({ ...settings, ...part });
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <Amount
          label={t('dryrun.seed')}
          value={settings.seed}
          minimum={0}
          onChange={(seed) => set({ seed: seed ?? 1 })}
        />
        <Amount
          label={t('dryrun.until')}
          placeholder={t('dryrun.untilEnd')}
          unit="min"
          value={settings.untilMinutes}
          minimum={0}
          onChange={(untilMinutes) => set({ untilMinutes })}
        />
        {many ? (
          <>
            <Amount
              label={t('dryrun.animals')}
              value={settings.animals}
              minimum={2}
              maximum={10_000}
              onChange={(animals) => set({ animals: animals ?? 2 })}
            />
            <Amount
              label={t('dryrun.spread')}
              description={t('dryrun.spreadHelp')}
              value={settings.spread}
              minimum={0}
              maximum={2}
              onChange={(spread) => set({ spread: spread ?? 0 })}
            />
          </>
        ) : null}
      </SimpleGrid>
      <Fieldset legend={t('dryrun.animal')} variant="unstyled" mt="sm">
        <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
          {animalFields.map(({ name, unit, share = false, minimum, maximum }) => {
            const factor = share ? 100 : 1;
            const value = settings.animal[name];
            return (
              <Amount
                key={name}
                label={t(`dryrun.character.${name}`)}
                placeholder={t('dryrun.trained')}
                unit={unit}
                value={value == null ? null : value * factor}
                minimum={minimum}
                maximum={maximum}
                onChange={(next) => {
                  const { [name]: _, ...others } = settings.animal;
                  set({ animal: next === null ? others : { ...others, [name]: next / factor } });
                }}
              />
            );
          })}
        </SimpleGrid>
      </Fieldset>
      {parameters.length > 0 ? (
        <Fieldset legend={t('dryrun.parameters')} variant="unstyled" mt="sm">
          <ParameterForm
            parameters={parameters}
            values={settings.parameters}
            onChange={(next) => set({ parameters: next })}
          />
        </Fieldset>
      ) : null}
    </>
  );
}

function Amount({
  label,
  description,
  placeholder,
  unit,
  value,
  minimum,
  maximum,
  onChange,
}: {
  label: string;
  description?: string;
  placeholder?: string;
  unit?: string;
  value: number | null;
  minimum: number;
  maximum?: number | undefined;
  onChange: (value: number | null) => void;
}) {
  return (
    <NumberInput
      size="xs"
      label={label}
      description={description}
      placeholder={placeholder}
      suffix={unit ? ` ${unit}` : ''}
      hideControls
      min={minimum}
      {...(maximum === undefined ? {} : { max: maximum })}
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  );
}
