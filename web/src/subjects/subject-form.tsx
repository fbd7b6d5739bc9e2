import { Group, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../api/gql';
import { problem } from '../api/problem';
import { Form } from '../ui/form';
import { notifyDone } from '../ui/notify';
import { checkSubject, type SubjectFields } from './subject-fields';

export const SaveSubject = graphql(`
  mutation SaveSubject($input: SaveSubjectInput!) {
    saveSubject(input: $input) {
      subject {
        id name species sex bornOn cohort notes archivedAt baselineGrams targetFraction
      }
    }
  }
`);

interface Props {
  /** The one to change; a new one when absent. */
  subject?: { id: string } & SubjectFields;
  onSaved: () => void;
}

const empty: SubjectFields = {
  name: '',
  species: '',
  sex: '',
  bornOn: '',
  cohort: '',
  notes: '',
  baselineGrams: '',
  targetPercent: '',
};

export function SubjectForm({ subject, onSaved }: Props) {
  const { t } = useTranslation();
  const [fields, setFields] = useState<SubjectFields>(subject ?? empty);
  const [tried, setTried] = useState(false);
  const [{ error, fetching }, send] = useMutation(SaveSubject);
  const wrong = tried ? checkSubject(fields, new Date()) : {};
  const refused = error ? problem(error) : null;
  const set = (field: keyof SubjectFields) => (value: string | number) =>
    setFields((old) => ({ ...old, [field]: value }));
  const messageOf = (field: keyof SubjectFields, apiField: string = field) => {
    const key = wrong[field];
    if (key) return t(`subjects.form.${key}`);
    return refused?.field === apiField ? refused.message : null;
  };

  const save = async () => {
    setTried(true);
    if (Object.keys(checkSubject(fields, new Date())).length > 0) return;
    const { name, species, sex, bornOn, cohort, notes, baselineGrams, targetPercent } = fields;
    const result = await send({
      input: {
        ...(subject ? { id: subject.id } : {}),
        name: name.trim(),
        species,
        sex,
        cohort,
        notes,
        bornOn: bornOn || null,
        baselineGrams: baselineGrams === '' ? null : Number(baselineGrams),
        targetFraction: targetPercent === '' ? null : Number(targetPercent) / 100,
      },
    });
    if (result.error) return;
    notifyDone(t('subjects.form.saved', { name: name.trim() }));
    onSaved();
  };

  return (
    <Form
      submit={t('ui.save')}
      sending={fetching}
      onSubmit={save}
      refusal={refused && !refused.field ? refused.message || t('ui.error.network') : null}
    >
      <TextInput
        label={t('subjects.form.name')}
        description={t('subjects.form.nameHelp')}
        required
        data-autofocus
        value={fields.name}
        error={messageOf('name')}
        onChange={(event) => set('name')(event.currentTarget.value)}
      />
      <Group grow>
        <TextInput
          label={t('subjects.species')}
          value={fields.species}
          error={messageOf('species')}
          onChange={(event) => set('species')(event.currentTarget.value)}
        />
        <TextInput
          label={t('subjects.sex')}
          value={fields.sex}
          error={messageOf('sex')}
          onChange={(event) => set('sex')(event.currentTarget.value)}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          type="date"
          label={t('subjects.bornOn')}
          value={fields.bornOn}
          error={messageOf('bornOn')}
          onChange={(event) => set('bornOn')(event.currentTarget.value)}
        />
        <TextInput
          label={t('subjects.cohort')}
          value={fields.cohort}
          error={messageOf('cohort')}
          onChange={(event) => set('cohort')(event.currentTarget.value)}
        />
      </Group>
      <Group grow align="flex-start">
        <NumberInput
          label={t('subjects.form.baseline')}
          description={t('subjects.form.baselineHelp')}
          suffix=" g"
          value={fields.baselineGrams}
          error={messageOf('baselineGrams')}
          onChange={set('baselineGrams')}
        />
        <NumberInput
          label={t('subjects.form.target')}
          description={t('subjects.form.targetHelp')}
          suffix=" %"
          value={fields.targetPercent}
          error={messageOf('targetPercent', 'targetFraction')}
          onChange={set('targetPercent')}
        />
      </Group>
      <Textarea
        label={t('subjects.notes')}
        autosize
        minRows={2}
        value={fields.notes}
        error={messageOf('notes')}
        onChange={(event) => set('notes')(event.currentTarget.value)}
      />
    </Form>
  );
}
