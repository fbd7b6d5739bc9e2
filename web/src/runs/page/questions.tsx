import { useEffect } from 'react';
import { useQuery } from 'urql';
import { QuestionForm } from './question-form';
import { QuestionsQuery } from './run-query';

/** The questions a run waits with now. */
export function Questions({ id, told }: { id: string; told: number }) {
  const [{ data }, ask] = useQuery({ query: QuestionsQuery, variables: { id } });
  useEffect(() => {
    if (told > 0) ask({ requestPolicy: 'network-only' });
  }, [told, ask]);
  const open = data?.run?.humanSteps.filter(({ closedAt }) => !closedAt) ?? [];
  return open.map((question) => <QuestionForm key={question.id} question={question} />);
}
