import { getHotkeyHandler, type HotkeyItem } from '@mantine/hooks';
import { useEffect } from 'react';
import { create } from 'zustand';

/** A key that does something, and how the help shows it. */
export interface Shortcut {
  /**
   * As Mantine writes keys, `mod+S`; a sign, `?`, however the keyboard makes it; or two keys one
   * after the other, `G then H`.
   */
  keys: string;
  label: string;
  /** Heading in the help. */
  section: string;
  /** Also while a text is written, because no text needs the key. */
  whileTyping?: boolean;
  /** Absent: somebody else listens, and it is only in the help. */
  run?: () => void;
}

interface ShortcutStore {
  sources: ReadonlyMap<object, readonly Shortcut[]>;
}

export const useShortcutStore = create<ShortcutStore>(() => ({ sources: new Map() }));

/** Listens to keys, and shows them in the help, while the component is shown. Memoise the list. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    const source = {};
    useShortcutStore.setState(({ sources }) => ({
      sources: new Map(sources).set(source, shortcuts),
    }));
    const listen = listener(shortcuts);
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
      useShortcutStore.setState(({ sources }) => {
        const rest = new Map(sources);
        rest.delete(source);
        return { sources: rest };
      });
    };
  }, [shortcuts]);
}

const sequenceMs = 1_200;

function listener(shortcuts: readonly Shortcut[]): (event: KeyboardEvent) => void {
  const single: HotkeyItem[] = [];
  const always: HotkeyItem[] = [];
  const signs = new Map<string, () => void>();
  const sequences: { first: string; second: string; run: () => void }[] = [];
  for (const { keys, run, whileTyping } of shortcuts) {
    if (!run) continue;
    if (whileTyping) {
      always.push([keys, run]);
      continue;
    }
    const [first, second] = keys.toLowerCase().split(' then ');
    if (first && second) sequences.push({ first, second, run });
    else if (/^[^\w\s]$/.test(keys)) signs.set(keys, run);
    else single.push([keys, run]);
  }
  const handle = getHotkeyHandler(single);
  const handleAlways = getHotkeyHandler(always);
  let before = { key: '', at: 0 };
  return (event) => {
    if (asked()) return;
    handleAlways(event);
    if (typing(event)) return;
    handle(event);
    const sign = commanding(event) ? undefined : signs.get(event.key);
    if (sign) {
      event.preventDefault();
      sign();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const hit = sequences.find(
      ({ first, second }) =>
        first === before.key && second === key && event.timeStamp - before.at < sequenceMs,
    );
    before = { key, at: event.timeStamp };
    if (hit) {
      event.preventDefault();
      hit.run();
    }
  };
}

/** A command key is down. Alt and Ctrl together are AltGr, which some keyboards need for a sign. */
function commanding(event: KeyboardEvent): boolean {
  return event.metaKey || (event.ctrlKey && !event.altKey);
}

/** A dialog waits for its answer; what is behind it is not meant. */
const asked = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/** A person writes a text; letters are not commands then. */
export function typing(event: Event): boolean {
  const { target } = event;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
