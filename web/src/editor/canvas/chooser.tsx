import { Popover, Portal, ScrollArea, TextInput, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import classes from './chooser.module.css';

export interface Choice {
  id: string;
  label: string;
  detail?: string;
  icon?: ReactNode;
}

interface ListProps {
  label: string;
  /** Said when nothing is found. */
  none: string;
  search: (text: string) => Choice[];
  onChoose: (id: string) => void;
}

/** A short list to search in and choose from by keyboard, at a place of the screen. */
export function Chooser({
  at,
  onClose,
  ...list
}: ListProps & { at: { x: number; y: number }; onClose: () => void }) {
  return (
    <Portal>
      <Popover
        opened
        onChange={(opened) => !opened && onClose()}
        withinPortal
        trapFocus
        shadow="md"
        position="bottom-start"
      >
        <Popover.Target>
          <div className={classes.anchor} style={{ left: at.x, top: at.y }} />
        </Popover.Target>
        <Popover.Dropdown p={6} aria-label={list.label}>
          <Choices {...list} />
        </Popover.Dropdown>
      </Popover>
    </Portal>
  );
}

function Choices({ label, none, search, onChoose }: ListProps) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const choices = search(text);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const choice = choices[active];
    if (step !== undefined) {
      event.preventDefault();
      setActive((now) => (now + step + choices.length) % Math.max(choices.length, 1));
    } else if (event.key === 'Enter' && choice) {
      event.preventDefault();
      onChoose(choice.id);
    }
  };
  return (
    <>
      <TextInput
        data-autofocus
        size="xs"
        role="combobox"
        aria-expanded
        aria-controls="choices"
        aria-activedescendant={choices.length > 0 ? `choice-${active}` : undefined}
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {choices.length === 0 && <p className={classes.none}>{none}</p>}
      <ScrollArea.Autosize mah={280} mt={4} type="auto">
        <div role="listbox" id="choices" aria-label={label}>
          {choices.map((choice, index) => (
            <UnstyledButton
              key={choice.id}
              id={`choice-${index}`}
              role="option"
              aria-selected={index === active}
              tabIndex={-1}
              ref={(element: HTMLElement | null) => {
                if (index === active) element?.scrollIntoView({ block: 'nearest' });
              }}
              className={classes.choice ?? ''}
              data-active={index === active || undefined}
              onClick={() => onChoose(choice.id)}
              onMouseMove={() => setActive(index)}
            >
              {choice.icon}
              <span className={classes.label}>{choice.label}</span>
              {choice.detail && <span className={classes.detail}>{choice.detail}</span>}
            </UnstyledButton>
          ))}
        </div>
      </ScrollArea.Autosize>
    </>
  );
}
