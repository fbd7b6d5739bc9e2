import { Alert, Button, Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../api/gql';
import { problem } from '../api/problem';
import { notifyDone } from '../ui/notify';

const RecordWeightMutation = graphql(`
  mutation RecordWeight($input: RecordWeightInput!) {
    recordWeight(input: $input) { weight { id grams } }
  }
`);

/** Enters a weight. One that the server finds implausible has to be confirmed. */
export function RecordWeight({
  subjectId,
  onRecorded,
}: {
  subjectId: string;
  onRecorded: () => void;
}) {
  const { t } = useTranslation();
  const [grams, setGrams] = useState<number | string>('');
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [sure, setSure] = useState(false);
  const [{ fetching }, send] = useMutation(RecordWeightMutation);
  // The same until it is entered: a second try after a lost answer enters it once.
  const key = useRef<string>(crypto.randomUUID());

  const record = async () => {
    if (!(Number(grams) > 0)) {
      setRefusal(t('subjects.weights.gramsNeeded'));
      return;
    }
    const { error } = await send({
      input: { subject: subjectId, grams: Number(grams), note, confirm: sure, key: key.current },
    });
    if (error) {
      setRefusal(problem(error).message || t('ui.error.network'));
      return;
    }
    notifyDone(t('subjects.weights.recorded', { grams }));
    key.current = crypto.randomUUID();
    setGrams('');
    setNote('');
    setSure(false);
    setRefusal(null);
    onRecorded();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void record();
      }}
    >
      <Stack gap="xs">
        <Group align="flex-end" gap="xs">
          <NumberInput
            label={t('subjects.weights.grams')}
            w={150}
            min={0}
            suffix=" g"
            hideControls
            value={grams}
            onChange={(value) => {
              setGrams(value);
              setRefusal(null);
              setSure(false);
            }}
          />
          <TextInput
            label={t('subjects.weights.note')}
            flex={1}
            miw={140}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button type="submit" loading={fetching}>
            {sure ? t('subjects.weights.confirmed') : t('subjects.weights.record')}
          </Button>
        </Group>
        {refusal ? (
          <Alert color="yellow" role="alert">
            {refusal}
            {Number(grams) > 0 ? (
              <Checkbox
                mt="xs"
                checked={sure}
                onChange={(event) => setSure(event.currentTarget.checked)}
                label={t('subjects.weights.confirm', { grams })}
              />
            ) : null}
          </Alert>
        ) : null}
      </Stack>
    </form>
  );
}
