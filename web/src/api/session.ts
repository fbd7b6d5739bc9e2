import { create } from 'zustand';

/** Whether the browser has a session that the server takes. */
export type Session = 'unknown' | 'in' | 'out';

interface SessionStore {
  session: Session;
}

export const useSession = create<SessionStore>(() => ({ session: 'unknown' }));

export function entered(): void {
  useSession.setState({ session: 'in' });
}

/** The server has said that it does not know who asks. */
export function ended(): void {
  useSession.setState({ session: 'out' });
}
