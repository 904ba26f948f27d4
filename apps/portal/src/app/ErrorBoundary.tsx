import { Component, type ReactNode } from 'react';
import { Button, ErrorState } from '../design/index.js';
import { useText } from '../shared/i18n/text.js';

/**
 * The last net: a page that threw, or whose code could not be fetched (no network, or a release in between). `inMain` where
 * the page's main part is around it already.
 */
export class ErrorBoundary extends Component<{ children: ReactNode; inMain?: boolean }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    const crashed = <Crashed error={this.state.error} />;
    return this.props.inMain ? crashed : <main>{crashed}</main>;
  }
}

/** How Chromium, Firefox, Safari and Vite say that a page's code didn't come. */
const NOT_FETCHED = /dynamically imported module|module script failed|Unable to preload CSS/iu;

function Crashed({ error }: { error: unknown }) {
  const text = useText();
  const name = error instanceof Error ? `${error.name}: ${error.message}` : undefined;
  const missing = name !== undefined && NOT_FETCHED.test(name);
  return (
    <ErrorState
      place="page"
      title={text(missing ? 'problem.offline.title' : 'problem.broken.title')}
      {...(name && !missing ? { reference: name } : {})}
      actions={<Button onPress={() => location.reload()}>{text('problem.reload')}</Button>}
    >
      {text(missing ? 'problem.notFetched.text' : 'problem.crashed.text')}
    </ErrorState>
  );
}
