import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Native<Own> = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Own | 'style'> & {
  ref?: Ref<HTMLAnchorElement>;
};

/** A link to a page of the app, with typed `to`, `params` and `search`. */
export const AnchorLink = createLink((props: AnchorProps & Native<AnchorProps>) => (
  <Anchor {...props} />
));

/** A link to a page of the app that looks like a button. */
export const ButtonLink = createLink((props: ButtonProps & Native<ButtonProps>) => (
  <Button component="a" {...props} />
));
