import {
  Alert,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconMessageQuestion } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../../api/gql';
import type { RunPageQuestionsQuery } from '../../api/gql/graphql';
import { problem } from '../../api/problem';
import { Time } from '../../ui/time';

const Answer = graphql(`
  mutation AnswerRunQuestion($input: AnswerHumanStepInput!) {
    answerHumanStep(input: $input) {
      humanStep { id closedAt answeredAt answeredBy answer }
    }
  }
`);

export type Question = NonNullable<RunPageQuestionsQuery['run']>['humanSteps'][number];
type Field = Question['form'][number];
type Value = string | number | boolean;

/** A question that the run waits with, to be answered here. */
export function QuestionForm({ question }: { question: Question }) {
  const { t } = useTranslation();
  const [{ fetching, error }, send] = useMutation(Answer);
  const [text, setText] = useState('');
  const [signature, setSignature] = useState('');
  const [values, setValues] = useState<Record<string, Value>>({});
  const [confirm, setConfirm] = useState(false);
  const refused = error ? problem(error) : null;

  const answer = (choice: string) =>
    void send({
      input: {
        id: question.id,
        answer: choice || null,
        confirm,
        ...(question.form.length > 0 ? { values } : {}),
        ...(question.statement ? { signature } : {}),
      },
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (question.choices.length === 0) answer(text.trim());
  };

  return (
    <Alert
      color="yellow"
      icon={<IconMessageQuestion aria-hidden />}
      title={
        <Title order={2} size="h3">
          {question.title}
        </Title>
      }
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {question.text ? <Text size="sm">{question.text}</Text> : null}
          <Text size="xs" c="dimmed">
            {t('runs.question.asked')} <Time at={question.askedAt} ago />
          </Text>
          {question.mayAnswer ? (
            <>
              {question.form.map((field) => (
                <FieldInput
                  key={field.name}
                  field={field}
                  error={refused?.field === `values.${field.name}` ? refused.message : null}
                  value={values[field.name]}
                  onChange={(value) => setValues((all) => ({ ...all, [field.name]: value }))}
                />
              ))}
              {question.choices.length === 0 && question.form.length === 0 ? (
                <TextInput
                  label={t('runs.question.answer')}
                  value={text}
                  onChange={(event) => setText(event.currentTarget.value)}
                />
              ) : null}
              {question.statement ? (
                <TextInput
                  label={question.statement}
                  description={t('runs.question.signature')}
                  value={signature}
                  onChange={(event) => setSignature(event.currentTarget.value)}
                />
              ) : null}
              {refused ? (
                <>
                  <Text size="sm" c="red" role="alert">
                    {refused.message || t('ui.error.network')}
                  </Text>
                  {question.form.length > 0 ? (
                    <Checkbox
                      label={t('runs.question.confirm')}
                      checked={confirm}
                      onChange={(event) => setConfirm(event.currentTarget.checked)}
                    />
                  ) : null}
                </>
              ) : null}
              <Group gap="xs">
                {question.choices.length > 0 ? (
                  question.choices.map((choice) => (
                    <Button key={choice} loading={fetching} onClick={() => answer(choice)}>
                      {choice}
                    </Button>
                  ))
                ) : (
                  <Button type="submit" loading={fetching}>
                    {t('runs.question.send')}
                  </Button>
                )}
              </Group>
            </>
          ) : (
            <Text size="sm">{t('runs.question.notYou', { role: question.role })}</Text>
          )}
        </Stack>
      </form>
    </Alert>
  );
}

function FieldInput({
  field,
  value,
  error,
  onChange,
}: {
  field: Field;
  value: Value | undefined;
  error: string | null;
  onChange: (value: Value) => void;
}) {
  const shared = {
    label: field.label || field.name,
    description: field.help || undefined,
    required: field.required,
    error,
  };
  if (field.type === 'bool') {
    return (
      <Checkbox
        label={shared.label}
        description={shared.description}
        error={error}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (field.options.length > 0) {
    return (
      <Select
        {...shared}
        data={[...field.options]}
        value={value === undefined ? null : String(value)}
        onChange={(chosen) => {
          if (chosen !== null) onChange(isNumber(field) ? Number(chosen) : chosen);
        }}
      />
    );
  }
  if (isNumber(field)) {
    return (
      <NumberInput
        {...shared}
        allowDecimal={field.type === 'float'}
        {...(field.minimum == null ? {} : { min: field.minimum })}
        {...(field.maximum == null ? {} : { max: field.maximum })}
        suffix={field.unit ? ` ${field.unit}` : ''}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => {
          if (typeof next === 'number') onChange(next);
        }}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      rightSection={field.unit || undefined}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

const isNumber = ({ type }: Field): boolean => type === 'int' || type === 'float';
