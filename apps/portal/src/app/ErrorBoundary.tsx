import { Component, type ReactNode } from 'react';
import { Button, ErrorState } from '../design/index.js';
import { useText } from '../shared/i18n/text.js';

/** The last net: a page that threw, or whose code could not be fetched (a release in between; loading again cures it). */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Crashed error={this.state.error} />;
  }
}

function Crashed({ error }: { error: unknown }) {
  const text = useText();
  const name = error instanceof Error ? `${error.name}: ${error.message}` : undefined;
  return (
    <main>
      <ErrorState
        place="page"
        title={text('problem.broken.title')}
        {...(name ? { reference: name } : {})}
        actions={<Button onPress={() => location.reload()}>{text('problem.reload')}</Button>}
      >
        {text('problem.crashed.text')}
      </ErrorState>
    </main>
  );
}
