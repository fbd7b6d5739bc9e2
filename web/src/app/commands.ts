import { useEffect } from 'react';
import { create } from 'zustand';

/** Something that can be done from the command palette. */
export interface Command {
  id: string;
  label: string;
  /** Heading under which the palette shows it. */
  group: string;
  description?: string;
  /** More words to find it by. */
  keywords?: string[];
  run: () => void;
}

interface CommandStore {
  sources: ReadonlyMap<object, readonly Command[]>;
}

export const useCommandStore = create<CommandStore>(() => ({ sources: new Map() }));

/** Offers commands in the palette while the component is shown. Memoise the list. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const source = {};
    useCommandStore.setState(({ sources }) => ({
      sources: new Map(sources).set(source, commands),
    }));
    return () =>
      useCommandStore.setState(({ sources }) => {
        const rest = new Map(sources);
        rest.delete(source);
        return { sources: rest };
      });
  }, [commands]);
}
