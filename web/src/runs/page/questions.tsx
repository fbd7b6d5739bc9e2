import { useEffect } from 'react';
import { useQuery } from 'urql';
import type { RunFeed } from '../live/run-feed';
import { useLook } from '../live/use-look';
import { QuestionForm } from './question-form';
import { QuestionsQuery } from './run-query';

/** The questions a run waits with now. */
export function Questions({ id, feed }: { id: string; feed: RunFeed }) {
  const [{ data }, ask] = useQuery({ query: QuestionsQuery, variables: { id } });
  useLook(feed);
  const told = feed.questions;
  useEffect(() => {
    if (told > 0) ask({ requestPolicy: 'network-only' });
  }, [told, ask]);
  const open = data?.run?.humanSteps.filter(({ closedAt }) => !closedAt) ?? [];
  return open.map((question) => <QuestionForm key={question.id} question={question} />);
}
