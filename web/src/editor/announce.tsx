import { VisuallyHidden } from '@mantine/core';
import { create } from 'zustand';

const useSaid = create<{ text: string }>(() => ({ text: '' }));

/** Tells people who do not see the canvas what has happened on it. */
export function announce(text: string): void {
  useSaid.setState({ text });
}

export function Announcer() {
  const text = useSaid((said) => said.text);
  return <VisuallyHidden aria-live="polite">{text}</VisuallyHidden>;
}
