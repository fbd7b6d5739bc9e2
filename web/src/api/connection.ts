import { create } from 'zustand';

/** State of the one WebSocket that all live views share. */
export type Connection = 'idle' | 'connecting' | 'live' | 'reconnecting';

interface ConnectionStore {
  connection: Connection;
  /** How often a lost connection has come back: a reason to ask again for what is shown. */
  returns: number;
}

export const useConnection = create<ConnectionStore>(() => ({ connection: 'idle', returns: 0 }));
