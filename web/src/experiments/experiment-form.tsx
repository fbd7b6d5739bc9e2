import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../api/gql';
import { problem } from '../api/problem';
import { Form } from '../ui/form';
import { notifyDone } from '../ui/notify';

export const SaveExperiment = graphql(`
  mutation SaveExperiment($input: SaveExperimentInput!) {
    saveExperiment(input: $input) { experiment { id name description archivedAt } }
  }
`);

interface Props {
  /** The one to change; a new one when absent. */
  experiment?: { id: string; name: string; description: string };
  onSaved: () => void;
}

export function ExperimentForm({ experiment, onSaved }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(experiment?.name ?? '');
  const [description, setDescription] = useState(experiment?.description ?? '');
  const [tried, setTried] = useState(false);
  const [{ error, fetching }, send] = useMutation(SaveExperiment);
  const save = async () => {
    setTried(true);
    if (!name.trim()) return;
    const result = await send({
      input: { ...(experiment ? { id: experiment.id } : {}), name: name.trim(), description },
    });
    if (result.error) return;
    notifyDone(t('experiments.saved', { name: name.trim() }));
    onSaved();
  };
  return (
    <Form
      submit={t('ui.save')}
      sending={fetching}
      onSubmit={save}
      refusal={error ? problem(error).message || t('ui.error.network') : null}
    >
      <TextInput
        label={t('experiments.formName')}
        required
        data-autofocus
        value={name}
        error={tried && !name.trim() ? t('experiments.nameNeeded') : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t('experiments.description')}
        autosize
        minRows={2}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </Form>
  );
}
