interface Limits {
  type: string;
  minimum?: number | null;
  maximum?: number | null;
  options?: unknown;
}

export interface LimitsText {
  /** Which sentence of the catalogue, with the texts below in it. */
  key: 'noLimits' | 'atLeast' | 'atMost' | 'between' | 'options';
  least: string;
  most: string;
  options: string;
}

const nothing = { least: '', most: '', options: '' };

/** What a parameter may be. Limits of a duration are seconds. */
export function limitsText({ type, minimum, maximum, options }: Limits): LimitsText {
  if (Array.isArray(options) && options.length > 0) {
    return {
      ...nothing,
      key: 'options',
      options: options.map((option) => valueText(option)).join(', '),
    };
  }
  const unit = type === 'duration' ? ' s' : '';
  const least = minimum == null ? undefined : `${minimum}${unit}`;
  const most = maximum == null ? undefined : `${maximum}${unit}`;
  if (least !== undefined && most !== undefined) return { ...nothing, key: 'between', least, most };
  if (least !== undefined) return { ...nothing, key: 'atLeast', least };
  if (most !== undefined) return { ...nothing, key: 'atMost', most };
  return { ...nothing, key: 'noLimits' };
}

/** A value of a parameter as it is written in a document. */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
