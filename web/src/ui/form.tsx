import { Alert, Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  children: ReactNode;
  /** Says what was refused, if it does not stand at a field. */
  refusal?: ReactNode;
  /** The person knows better: it is a warning. */
  warning?: boolean;
  submit: string;
  sending: boolean;
  onSubmit: () => Promise<void>;
}

/** Fields, what was refused, and the button. What is wrong with a field the field itself says. */
export function Form({ children, refusal, warning = false, submit, sending, onSubmit }: Props) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      <Stack>
        {children}
        {refusal ? (
          <Alert color={warning ? 'yellow' : 'red'} role="alert">
            {refusal}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button type="submit" loading={sending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
