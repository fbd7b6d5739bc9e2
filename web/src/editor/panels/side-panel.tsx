import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useEditorState } from '../context';
import type { FieldSchema } from '../model/form';
import { DocumentPanel } from './document-panel';
import { Inspector } from './inspector';
import classes from './side-panel.module.css';

const parts = ['roles', 'values', 'about'] as const;
const tabs = ['selection', ...parts] as const;

/** What is selected, and what the protocol declares, side by side as tabs. */
export function SidePanel({ transition }: { transition: FieldSchema }) {
  const { t } = useTranslation();
  const tab = useEditorState((state) => state.tab);
  const show = useEditorState((state) => state.show);
  return (
    <Tabs
      value={tab}
      onChange={(next) => show(tabs.find((each) => each === next) ?? 'selection')}
      keepMounted={false}
      className={classes.tabs ?? ''}
    >
      <Tabs.List grow>
        <Tabs.Tab value="selection" className={classes.tab ?? ''}>
          {t('editor.tab.selection')}
        </Tabs.Tab>
        {parts.map((part) => (
          <Tabs.Tab key={part} value={part} className={classes.tab ?? ''}>
            {t(`editor.tab.${part}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="selection" className={classes.panel ?? ''}>
        <Inspector transition={transition} />
      </Tabs.Panel>
      {parts.map((part) => (
        <Tabs.Panel key={part} value={part} className={classes.panel ?? ''}>
          <DocumentPanel part={part} transition={transition} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
