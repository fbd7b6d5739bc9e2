import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommandStore } from './commands';

/** Everything that can be done, by name. */
export function CommandPalette() {
  const { t } = useTranslation();
  const sources = useCommandStore((s) => s.sources);
  const groups: SpotlightActionGroupData[] = [
    ...Map.groupBy([...sources.values()].flat(), (c) => c.group),
  ].map(([group, commands]) => ({
    group,
    actions: commands.map(({ id, label, description, keywords, run }) => ({
      id,
      label,
      onClick: run,
      ...(description ? { description } : {}),
      ...(keywords ? { keywords } : {}),
    })),
  }));
  return (
    <Spotlight
      actions={groups}
      shortcut="mod+K"
      nothingFound={t('shell.commands.nothing')}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('shell.commands.placeholder'),
        'aria-label': t('shell.commands.open'),
      }}
    />
  );
}
