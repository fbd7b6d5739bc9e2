/** What the check of a form needs of a field. */
export interface Field {
  name: string;
  /** bool, int, float, string or duration. */
  type: string;
  required: boolean;
  minimum?: number | null;
  maximum?: number | null;
}

/** What a person has filled in so far, by the names of the fields. */
export type Filled = Readonly<Record<string, string | number | boolean | undefined>>;

export type FieldProblem =
  | { key: 'needed' | 'notNumber' | 'notWhole' | 'notDuration' }
  | { key: 'atLeast'; least: number }
  | { key: 'atMost'; most: number };

/** Values for the API, or what is wrong with which field. Empty fields are left out. */
export function valuesOf(
  fields: readonly Field[],
  filled: Filled,
): { values: Record<string, unknown>; problems: Record<string, FieldProblem> } {
  const values: Record<string, unknown> = {};
  const problems: Record<string, FieldProblem> = {};
  for (const field of fields) {
    const raw = filled[field.name];
    if (field.type === 'bool') {
      values[field.name] = raw === true;
      continue;
    }
    const text = raw === undefined ? '' : String(raw).trim();
    if (text === '') {
      if (field.required) problems[field.name] = { key: 'needed' };
      continue;
    }
    const problem = problemOf(field, text);
    if (problem) problems[field.name] = problem;
    else values[field.name] = isNumber(field.type) ? Number(text) : text;
  }
  return { values, problems };
}

const isNumber = (type: string) => type === 'int' || type === 'float';

function problemOf(field: Field, text: string): FieldProblem | null {
  if (field.type === 'duration') {
    return /^(\d+(\.\d+)?\s*(ns|us|µs|ms|s|min|h|d)\s*)+$/.test(text)
      ? null
      : { key: 'notDuration' };
  }
  if (!isNumber(field.type)) return null;
  const value = Number(text);
  if (Number.isNaN(value)) return { key: 'notNumber' };
  if (field.type === 'int' && !Number.isInteger(value)) return { key: 'notWhole' };
  if (field.minimum != null && value < field.minimum)
    return { key: 'atLeast', least: field.minimum };
  if (field.maximum != null && value > field.maximum) return { key: 'atMost', most: field.maximum };
  return null;
}
