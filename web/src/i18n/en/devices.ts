export const devices = {
  title: 'Devices',
  lead: 'Every box that has ever said hello, and how it is.',
  none: 'No device yet',
  noneWhy:
    'Install the agent on a Raspberry Pi, or start LICS with simulated devices: lics up --simulate 2.',
  online: 'online',
  offline: 'offline',
  simulated: 'simulated',
  device: 'Device',
  lastSeen: 'Last heard',
  rig: 'Rig',
  state: 'State',
} as const;
