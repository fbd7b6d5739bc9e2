const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** What stands on the key of a shortcut, on the person's keyboard. */
export function keyName(key: string): string {
  switch (key) {
    case 'mod':
      return apple ? '⌘' : 'Ctrl';
    case 'shift':
      return '⇧';
    case 'alt':
      return apple ? '⌥' : 'Alt';
    default:
      return key;
  }
}
