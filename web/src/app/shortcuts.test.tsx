import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { type Shortcut, useShortcutStore, useShortcuts } from './shortcuts';

function Page({ shortcuts }: { shortcuts: readonly Shortcut[] }) {
  useShortcuts(shortcuts);
  return <input aria-label="text" />;
}

test('two keys one after the other are one shortcut', async () => {
  const run = vi.fn();
  render(<Page shortcuts={[{ keys: 'G then R', label: 'Runs', section: 'Go', run }]} />);
  await userEvent.keyboard('r');
  await userEvent.keyboard('gx');
  await userEvent.keyboard('r');
  expect(run).not.toHaveBeenCalled();
  await userEvent.keyboard('gr');
  expect(run).toHaveBeenCalledOnce();
});

test('letters of a text are no shortcuts', async () => {
  const run = vi.fn();
  const { getByLabelText } = render(
    <Page
      shortcuts={[
        { keys: 'G then R', label: 'Runs', section: 'Go', run },
        { keys: 'x', label: 'X', section: 'Go', run },
      ]}
    />,
  );
  await userEvent.type(getByLabelText('text'), 'grx');
  expect(run).not.toHaveBeenCalled();
});

test('a page takes its shortcuts with it when it goes', async () => {
  const run = vi.fn();
  const { unmount } = render(<Page shortcuts={[{ keys: 'x', label: 'X', section: 'Go', run }]} />);
  expect(useShortcutStore.getState().sources.size).toBe(1);
  unmount();
  await userEvent.keyboard('x');
  expect(run).not.toHaveBeenCalled();
  expect(useShortcutStore.getState().sources.size).toBe(0);
});

test('a sign is a shortcut however the keyboard makes it, but not with a command key', async () => {
  const run = vi.fn();
  render(<Page shortcuts={[{ keys: '?', label: 'Help', section: 'Go', run }]} />);
  await userEvent.keyboard('{Shift>}?{/Shift}');
  await userEvent.keyboard('?');
  expect(run).toHaveBeenCalledTimes(2);
  await userEvent.keyboard('{Control>}?{/Control}');
  expect(run).toHaveBeenCalledTimes(2);
});
