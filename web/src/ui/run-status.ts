import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconCheck,
  IconDownload,
  IconHandStop,
  IconHourglass,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
  type TablerIcon,
} from '@tabler/icons-react';
import type { RunStatus } from '../api/gql/graphql';

interface Look {
  color: string;
  icon: TablerIcon;
}

/** How each status of a run looks, on every page. */
export const runStatusLook: Record<RunStatus, Look> = {
  STARTING: { color: 'blue', icon: IconHourglass },
  RUNNING: { color: 'green', icon: IconPlayerPlayFilled },
  PAUSED: { color: 'yellow', icon: IconPlayerPauseFilled },
  SEALING: { color: 'blue', icon: IconDownload },
  COMPLETED: { color: 'gray', icon: IconCheck },
  STOPPED: { color: 'gray', icon: IconPlayerStopFilled },
  FAILED: { color: 'red', icon: IconAlertTriangle },
  ABORTED: { color: 'orange', icon: IconHandStop },
  HALTED: { color: 'red', icon: IconAlertOctagon },
};

/** The run is over and its record is complete: nothing changes any more. */
export function isFinal(status: RunStatus): boolean {
  switch (status) {
    case 'STARTING':
    case 'RUNNING':
    case 'PAUSED':
    case 'SEALING':
      return false;
    case 'COMPLETED':
    case 'STOPPED':
    case 'FAILED':
    case 'ABORTED':
    case 'HALTED':
      return true;
  }
}
