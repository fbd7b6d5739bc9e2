const longest = 13;

/** A label in at most two lines, the second one cut when it is too long. */
export function labelLines(label: string): string[] {
  if (label.length <= longest) return [label];
  const words = label.split(' ');
  let first = words.shift() ?? '';
  while (words[0] !== undefined && first.length + 1 + words[0].length <= longest) {
    first += ` ${words.shift()}`;
  }
  return [cut(first), ...(words.length > 0 ? [cut(words.join(' '))] : [])];
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
