import { Alert, Button, Center, Group, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../ui/page-title';
import { Surface } from '../ui/surface';
import { Mark } from './mark';

const reasons = ['expired', 'failed', 'limited', 'unavailable'] as const;

/** Takes an access token, once, for a session cookie. It is a plain form, so that password managers know it. */
export function LoginPage() {
  const { t } = useTranslation();
  usePageTitle(t('shell.login.title'));
  const address = new URL(location.href);
  const given = address.searchParams.get('login');
  const reason = reasons.find((r) => r === given);
  address.searchParams.delete('login');

  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={380} gap="lg">
        <Group gap="md" wrap="nowrap">
          <Mark size={40} />
          <div>
            <Title order={1}>{t('shell.name')}</Title>
            <Text size="sm" c="dimmed">
              {t('shell.login.lead')}
            </Text>
          </div>
        </Group>
        {reason ? <Alert color="orange">{t(`shell.login.${reason}`)}</Alert> : null}
        <Surface p="lg">
          <form action="/login" method="post">
            <input type="hidden" name="next" value={address.pathname + address.search} />
            <Stack>
              <PasswordInput
                label={t('shell.login.token')}
                description={t('shell.login.help')}
                name="token"
                autoComplete="current-password"
                required
                autoFocus
              />
              <Button type="submit">{t('shell.login.submit')}</Button>
            </Stack>
          </form>
        </Surface>
      </Stack>
    </Center>
  );
}
