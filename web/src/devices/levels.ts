import type { Client } from 'graphql-ws';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { stringifyDocument } from 'urql';
import { graphql } from '../api/gql';
import type { DeviceLevelsSubscription } from '../api/gql/graphql';
import { socket } from '../api/socket';

const DeviceLevels = graphql(`
  subscription DeviceLevels($id: ID!) {
    deviceLevels(id: $id) { deviceId at channels { channel level changes } }
  }
`);

/** A device speaks every second at least. */
const silentAfterMs = 3_500;

export type ChannelLevel = DeviceLevelsSubscription['deviceLevels']['channels'][number];

/** What is heard of the device. */
export type Hearing =
  | { state: 'waiting' | 'live' | 'silent' }
  | { state: 'refused'; message: string };

const waiting: Hearing = { state: 'waiting' };
const live: Hearing = { state: 'live' };
const silent: Hearing = { state: 'silent' };

/** The levels of a device. They stay out of the GraphQL cache: up to 20 times a second only what changed is drawn again. */
export class Levels {
  #channels = new Map<string, ChannelLevel>();
  #listeners = new Set<() => void>();
  #hearing: Hearing = waiting;
  #timer: ReturnType<typeof setTimeout> | undefined;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  channel(name: string): ChannelLevel | undefined {
    return this.#channels.get(name);
  }

  hearing = (): Hearing => this.#hearing;

  /** Listens to a device. Returns what ends it; then outputs set with `whileWatched` go off. */
  watch(id: string, client: Client = socket): () => void {
    const stop = client.subscribe<DeviceLevelsSubscription>(
      { query: stringifyDocument(DeviceLevels), variables: { id } },
      {
        next: ({ data, errors }) => {
          if (data) this.take(data.deviceLevels.channels);
          else if (errors?.[0]) this.#hear({ state: 'refused', message: errors[0].message });
        },
        error: (reason) => {
          const first: unknown = Array.isArray(reason) ? reason[0] : reason;
          const message = first instanceof Error ? first.message : undefined;
          this.#hear(message ? { state: 'refused', message } : silent);
        },
        complete: () => undefined,
      },
    );
    return () => {
      stop();
      clearTimeout(this.#timer);
    };
  }

  take(channels: readonly ChannelLevel[]): void {
    let news = false;
    for (const now of channels) {
      const last = this.#channels.get(now.channel);
      if (last && last.level === now.level && last.changes === now.changes) continue;
      this.#channels.set(now.channel, now);
      news = true;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hear(silent), silentAfterMs);
    if (this.#hearing !== live) this.#hear(live);
    else if (news) this.#tell();
  }

  #hear(hearing: Hearing): void {
    this.#hearing = hearing;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Listens to a device while the component is shown. */
export function useLevels(deviceId: string, online: boolean): Levels {
  const [levels, setLevels] = useState(() => new Levels());
  useEffect(() => {
    if (!online) return;
    const heard = new Levels();
    setLevels(heard);
    return heard.watch(deviceId);
  }, [deviceId, online]);
  return levels;
}

export function useLevel(levels: Levels, channel: string): ChannelLevel | undefined {
  return useSyncExternalStore(levels.subscribe, () => levels.channel(channel));
}

export function useHearing(levels: Levels): Hearing {
  return useSyncExternalStore(levels.subscribe, levels.hearing);
}
