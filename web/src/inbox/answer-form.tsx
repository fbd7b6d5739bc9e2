import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import { problem } from '../api/problem';
import { notifyDone } from '../ui/notify';
import { FieldInput } from './field-input';
import { type Filled, valuesOf } from './form-values';

const AnswerableStep = graphql(`
  fragment AnswerableStep on HumanStep {
    id choices statement
    form { name type label help unit required minimum maximum options }
  }
`);

const AnswerHumanStep = graphql(`
  mutation AnswerHumanStep($input: AnswerHumanStepInput!) {
    answerHumanStep(input: $input) {
      humanStep { id closedAt answeredAt answeredBy answer values }
    }
  }
`);

const SignerQuery = graphql(`
  query Signer {
    viewer { id name }
  }
`);

/** Answers a question of a run: its form, its statement to sign, its choices. */
export function AnswerForm({ step }: { step: FragmentType<typeof AnswerableStep> }) {
  const { t } = useTranslation();
  const { id, choices, statement, form } = readFragment(AnswerableStep, step);
  const [filled, setFilled] = useState<Filled>({});
  const [text, setText] = useState('');
  const [signature, setSignature] = useState('');
  const [sure, setSure] = useState(false);
  const [tried, setTried] = useState(false);
  const [{ data: signer }] = useQuery({ query: SignerQuery, pause: !statement });
  const [{ error, fetching }, send] = useMutation(AnswerHumanStep);
  const { values, problems } = valuesOf(form, filled);
  const refused = error ? problem(error) : null;
  const freeText = choices.length === 0 && form.length === 0;

  const answer = async (choice: string | undefined) => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    const result = await send({
      input: {
        id,
        confirm: sure,
        ...(choice ? { answer: choice } : {}),
        ...(form.length > 0 ? { values } : {}),
        ...(statement ? { signature } : {}),
      },
    });
    if (!result.error) notifyDone(t('inbox.answered'));
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (choices.length === 0) void answer(text.trim() || undefined);
      }}
    >
      <Stack gap="sm" maw={520}>
        {form.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={filled[field.name]}
            problem={tried ? problems[field.name] : undefined}
            onChange={(value) => setFilled((old) => ({ ...old, [field.name]: value }))}
          />
        ))}
        {freeText ? (
          <TextInput
            label={t('inbox.answerLabel')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : null}
        {statement ? (
          <TextInput
            label={statement}
            description={t('inbox.signatureHelp', { name: signer?.viewer.name ?? '' })}
            placeholder={t('inbox.signature')}
            value={signature}
            onChange={(event) => setSignature(event.currentTarget.value)}
          />
        ) : null}
        {refused ? (
          <Alert color="yellow" role="alert">
            {refused.message || t('ui.error.network')}
            {form.length > 0 && refused.code === 'INVALID' ? (
              <Checkbox
                mt="xs"
                checked={sure}
                onChange={(event) => setSure(event.currentTarget.checked)}
                label={t('inbox.confirm')}
              />
            ) : null}
          </Alert>
        ) : null}
        <Group gap="xs">
          {choices.length > 0 ? (
            choices.map((choice, index) => (
              <Button
                key={choice}
                variant={index === 0 ? 'filled' : 'default'}
                loading={fetching}
                onClick={() => void answer(choice)}
              >
                {choice}
              </Button>
            ))
          ) : (
            <Button type="submit" loading={fetching}>
              {freeText ? t('inbox.done') : t('inbox.send')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
