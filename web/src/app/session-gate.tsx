import { Button, Center, Loader } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import { entered, useSession } from '../api/session';
import { EmptyState } from '../ui/empty-state';
import { LoginPage } from './login-page';

const WhoQuery = graphql(`
  query Who { viewer { id name role } }
`);

const againMs = 3_000;

/** Shows the app to whom the server knows, and the login to others. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession((s) => s.session);
  const [{ data, error }, ask] = useQuery({ query: WhoQuery, pause: session === 'out' });
  const unreachable = session === 'unknown' && error !== undefined && !data;

  useEffect(() => {
    if (data) entered();
  }, [data]);

  useEffect(() => {
    if (!unreachable) return;
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), againMs);
    return () => clearInterval(timer);
  }, [unreachable, ask]);

  if (session === 'out') return <LoginPage />;
  if (session === 'in') return children;
  return (
    <Center mih="100dvh">
      {unreachable ? (
        <EmptyState
          page
          title={t('shell.unreachable.title')}
          icon={IconPlugConnectedX}
          action={
            <Button variant="default" onClick={() => ask({ requestPolicy: 'network-only' })}>
              {t('ui.retry')}
            </Button>
          }
        >
          {t('shell.unreachable.text')}
        </EmptyState>
      ) : (
        <Loader aria-label={t('ui.loading')} />
      )}
    </Center>
  );
}
