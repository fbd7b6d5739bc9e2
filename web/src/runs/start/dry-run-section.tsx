import { Button, Collapse } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DryRunPanel } from '../../dryrun/dry-run-panel';
import { ProtocolCanvas } from '../../editor/canvas/protocol-canvas';
import type { ProtocolDocument } from '../../editor/model/document';
import { pathTo } from '../../editor/model/tree';
import { Surface } from '../../ui/surface';
import { useCatalogue } from '../use-catalogue';
import classes from './dry-run-section.module.css';

/** What is about to be started, in virtual time before an animal is in the box. */
export function DryRunSection({ document }: { document: ProtocolDocument }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button
        variant="subtle"
        leftSection={<IconFlask size={16} aria-hidden />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t('runs.start.dryRun')}
      </Button>
      <Collapse expanded={open}>{open ? <Opened document={document} /> : null}</Collapse>
    </div>
  );
}

function Opened({ document }: { document: ProtocolDocument }) {
  const catalogue = useCatalogue();
  const [active, setActive] = useState<ReadonlySet<string>>(new Set());
  const deepest = [...active].map((id) => pathTo(document, id)).sort((a, b) => b.length - a.length);
  return (
    <Surface>
      <DryRunPanel document={document} onHighlight={setActive} />
      {catalogue && active.size > 0 ? (
        <div className={classes.canvas}>
          <ProtocolCanvas
            catalogue={catalogue}
            document={document}
            active={active}
            inside={deepest[0]?.at(-2)?.id}
          />
        </div>
      ) : null}
    </Surface>
  );
}
