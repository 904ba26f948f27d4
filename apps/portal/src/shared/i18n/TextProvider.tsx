import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import messages from '../../messages/en.json';

/** English is the only catalogue yet; dates and numbers follow the reader's own locale where it is English, too. */
export function readerLocale(languages: readonly string[]): string {
  return languages.find((language) => language.toLowerCase().startsWith('en')) ?? 'en-GB';
}

export function TextProvider({ children }: { children: ReactNode }) {
  return (
    <IntlProvider locale={readerLocale(navigator.languages)} defaultLocale="en" messages={messages}>
      {children}
    </IntlProvider>
  );
}
