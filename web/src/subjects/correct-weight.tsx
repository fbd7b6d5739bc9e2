import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../api/gql';
import { problem } from '../api/problem';
import { Form } from '../ui/form';
import { notifyDone } from '../ui/notify';

const CorrectWeightMutation = graphql(`
  mutation CorrectWeight($input: CorrectWeightInput!) {
    correctWeight(input: $input) { weight { id grams } }
  }
`);

interface Props {
  weight: { id: string; grams: number };
  onCorrected: () => void;
}

/** Puts another weight in the place of a wrong one, or withdraws it. The record keeps both. */
export function CorrectWeight({ weight, onCorrected }: Props) {
  const { t } = useTranslation();
  const [grams, setGrams] = useState<number | string>(weight.grams);
  const [note, setNote] = useState('');
  const [withdraw, setWithdraw] = useState(false);
  const [sure, setSure] = useState(false);
  const [tried, setTried] = useState(false);
  const [{ error, fetching }, send] = useMutation(CorrectWeightMutation);

  const correct = async () => {
    setTried(true);
    if (!note.trim() || (!withdraw && !(Number(grams) > 0))) return;
    const result = await send({
      input: {
        weight: weight.id,
        note: note.trim(),
        withdraw,
        confirm: sure,
        ...(withdraw ? {} : { grams: Number(grams) }),
      },
    });
    if (result.error) return;
    notifyDone(t('subjects.weights.corrected'));
    onCorrected();
  };

  return (
    <Form
      submit={t('subjects.weights.correct')}
      sending={fetching}
      onSubmit={correct}
      warning
      refusal={
        error ? (
          <>
            {problem(error).message || t('ui.error.network')}
            {withdraw ? null : (
              <Checkbox
                mt="xs"
                checked={sure}
                onChange={(event) => setSure(event.currentTarget.checked)}
                label={t('subjects.weights.confirm', { grams })}
              />
            )}
          </>
        ) : null
      }
    >
      <NumberInput
        label={t('subjects.weights.grams')}
        min={0}
        suffix=" g"
        disabled={withdraw}
        value={grams}
        onChange={setGrams}
        error={
          tried && !withdraw && !(Number(grams) > 0) ? t('subjects.weights.gramsNeeded') : null
        }
      />
      <TextInput
        label={t('subjects.weights.correctWhy')}
        required
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={tried && !note.trim() ? t('subjects.weights.correctWhyNeeded') : null}
      />
      <Checkbox
        label={t('subjects.weights.withdraw')}
        checked={withdraw}
        onChange={(event) => setWithdraw(event.currentTarget.checked)}
      />
    </Form>
  );
}
