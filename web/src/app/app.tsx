import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { RouterProvider } from '@tanstack/react-router';
import { I18nextProvider } from 'react-i18next';
import { Provider } from 'urql';
import { newClient } from '../api/client';
import { i18n } from '../i18n/i18n';
import { colorSchemeManager } from './color-scheme';
import { nonce } from './nonce';
import { router } from './router';
import { theme, variables } from './theme';

const client = newClient();

export function App() {
  return (
    <I18nextProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
        deduplicateInlineStyles
      >
        <Provider value={client}>
          <ModalsProvider>
            <Notifications position="bottom-right" />
            <RouterProvider router={router} />
          </ModalsProvider>
        </Provider>
      </MantineProvider>
    </I18nextProvider>
  );
}
