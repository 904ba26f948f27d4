import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type messages from '../../messages/en.json';

/** Every string a reader sees has an id here; a wrong one is a type error. */
export type MessageId = keyof typeof messages;
export type MessageValues = Record<string, string | number | Date>;
export type Translate = (id: MessageId, values?: MessageValues) => string;

/** The words for `id` in the reader's language. */
export function useText(): Translate {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}
