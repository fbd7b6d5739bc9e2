import { describe, expect, test } from 'vitest';
import { inputOf, newRun, takenBy } from './plan';

const shared = { source: { protocolVersion: 'v1' }, parameters: {}, seed: null, experiment: null };

describe('runs that are started together', () => {
  test('only what was chosen is sent', () => {
    const run = newRun();
    expect(inputOf(run, shared)).toEqual({ protocolVersion: 'v1', key: run.key, devices: [] });
  });

  test('channels are mapped only where the names differ', () => {
    const run = {
      ...newRun(),
      subject: 's',
      bindings: { box: { device: 'box-1', channels: { poke: 'poke', pump: 'valve_2' } } },
    };
    expect(
      inputOf(run, { ...shared, parameters: { stage: 2 }, seed: 7, experiment: null }),
    ).toMatchObject({
      subject: 's',
      parameters: { stage: 2 },
      seed: 7,
      devices: [{ role: 'box', device: 'box-1', channels: [{ protocol: 'pump', rig: 'valve_2' }] }],
    });
  });

  test('a device of one run is taken for the others', () => {
    const one = { ...newRun(), bindings: { box: { device: 'box-1', channels: {} } } };
    const two = newRun();
    expect([...takenBy([one, two], two.key)]).toEqual(['box-1']);
    expect([...takenBy([one, two], one.key)]).toEqual([]);
  });
});
