import { describe, expect, test } from 'vitest';
import { layout } from './layout';
import { RasterModel } from './model';
import { readOut } from './read-out';

function model() {
  const m = new RasterModel();
  m.lane('out', 'output', 'valve');
  m.lane('p10', 'input', 'poke_10');
  m.lane('p2', 'input', 'poke_2');
  m.lane('s', 'state', 'task');
  return m;
}

describe('what a raster draws', () => {
  test('lanes stand by their kind, then by name as people count', () => {
    expect(model().lanes.map(({ id }) => id)).toEqual(['s', 'p2', 'p10', 'out']);
  });

  test('a lane is made once', () => {
    const m = model();
    const before = m.lanesVersion;
    expect(m.lane('s', 'state', 'task')).toBe(m.find('s'));
    expect(m.lanesVersion).toBe(before);
  });

  test('rows do not overlap, and the axis is under them', () => {
    const { rows, axisTop, height } = layout(model().lanes);
    for (const [i, row] of rows.entries()) {
      const next = rows[i + 1]?.top ?? axisTop;
      expect(row.top + row.height).toBeLessThanOrEqual(next);
    }
    expect(height).toBeGreaterThan(axisTop);
  });

  test('the cursor reads what is on at a time, and the gap it is in', () => {
    const m = model();
    m.find('s')?.bars.open(0, m.name('cue'));
    m.find('out')?.bars.add(100, 150, m.name(''), 0.25);
    m.gaps.push({ kind: 'lost', from: 120, to: Number.POSITIVE_INFINITY, about: 'box-1' });
    expect(readOut(m, 110).readings.map(({ label, text }) => `${label}: ${text}`)).toEqual([
      'task: cue',
      'valve: 0.25',
    ]);
    expect(readOut(m, 110).gap).toBeUndefined();
    expect(readOut(m, 500).gap?.about).toBe('box-1');
    expect(readOut(m, 153, 5).readings).toHaveLength(2);
    expect(readOut(m, 153).readings).toHaveLength(1);
  });

  test('only the last happenings are kept', () => {
    const m = model();
    for (let i = 0; i < 5_000; i++) m.tell({ at: i, kind: 'event', name: 'a', value: '' });
    expect(m.happenings.length).toBeLessThanOrEqual(400);
    expect(m.happenings.at(-1)?.at).toBe(4_999);
  });
});
