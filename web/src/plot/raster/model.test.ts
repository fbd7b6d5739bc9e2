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

  test('what happened before comes in front, by the names of lanes and labels', () => {
    const m = model();
    m.touch(100);
    m.find('s')?.bars.open(100, m.name('reward'));
    m.tell({ at: 100, kind: 'state', name: 'reward', value: '' });
    const older = new RasterModel();
    older.touch(20);
    older.lane('s', 'state', 'task').bars.open(20, older.name('cue'));
    older.lane('new', 'event', 'task').bars.add(25, 25, older.name('tone'));
    older.tell({ at: 20, kind: 'state', name: 'cue', value: '' });
    m.prepend(older);
    expect([m.from, m.to]).toEqual([20, 100]);
    expect(readOut(m, 50).readings.map(({ text }) => text)).toEqual(['cue']);
    expect(readOut(m, 150).readings.map(({ text }) => text)).toEqual(['reward']);
    expect(m.find('new')?.bars.count).toBe(1);
    expect(m.happenings.at(m.happenings.first)?.name).toBe('cue');
  });
});
