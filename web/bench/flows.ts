/** The same drawing twice: a thousand nodes in a grid, in one chain. */
const columns = 40;
const across = 220;
const down = 110;

const at = (n: number) => ({ x: (n % columns) * across, y: Math.floor(n / columns) * down });

/** As a protocol of LICS: start, waits, end. */
export function protocolOf(nodes: number) {
  const id = (n: number) => `n${n}`;
  const type = (n: number) => (n === 0 ? 'start' : n === nodes - 1 ? 'end' : 'wait');
  return {
    kind: 'lics.protocol',
    format: 1,
    name: `${nodes} nodes`,
    nodes: Array.from({ length: nodes }, (_, n) => ({
      id: id(n),
      type: type(n),
      position: at(n),
      ...(type(n) === 'wait' && { data: { duration: '1min' } }),
    })),
    edges: Array.from({ length: nodes - 1 }, (_, n) => ({
      id: `e${n}`,
      source: id(n),
      target: id(n + 1),
    })),
  };
}

/** As a flow of Node-RED: delays, of which each has one wire. */
export function nodeRedFlowOf(nodes: number) {
  const id = (n: number) => `n${n}`;
  return [
    { id: 'tab', type: 'tab', label: `${nodes} nodes`, disabled: false, info: '' },
    ...Array.from({ length: nodes }, (_, n) => ({
      id: id(n),
      type: 'delay',
      z: 'tab',
      name: '',
      pauseType: 'delay',
      timeout: '1',
      timeoutUnits: 'minutes',
      rate: '1',
      nbRateUnits: '1',
      rateUnits: 'second',
      randomFirst: '1',
      randomLast: '5',
      randomUnits: 'seconds',
      drop: false,
      allowrate: false,
      outputs: 1,
      x: at(n).x + 120,
      y: at(n).y + 60,
      wires: n < nodes - 1 ? [[id(n + 1)]] : [[]],
    })),
  ];
}
