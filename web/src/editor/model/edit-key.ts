import { isData, type Json } from './document';

/**
 * The path of the one field in which two values differ, so that letters typed into it are one step
 * of undo; undefined when something was added, removed or moved, which is a step of its own.
 */
export function changedField(
  before: Json | undefined,
  after: Json | undefined,
): string | undefined {
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return undefined;
    return only(
      after.map((each, index): [string, Json | undefined, Json] => [
        `[${index}]`,
        before[index],
        each,
      ]),
    );
  }
  if (isData(before) && isData(after)) {
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return only(fields.map((field) => [`.${field}`, before[field], after[field]]));
  }
  const list = Array.isArray(before ?? after) || isData(before ?? after);
  return list ? undefined : '';
}

function only(parts: readonly [string, Json | undefined, Json | undefined][]): string | undefined {
  const changed = parts.filter(([, before, after]) => before !== after);
  const [first] = changed;
  if (!first || changed.length > 1) return undefined;
  const inner = changedField(first[1], first[2]);
  return inner === undefined ? undefined : first[0] + inner;
}
